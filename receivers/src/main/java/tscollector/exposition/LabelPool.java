package tscollector.exposition;

import io.opentelemetry.api.common.AttributeKey;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Makes texts and attribute keys from bytes, and gives the same object again for the same bytes where it can: names and values of
 * labels repeat in nearly every series of every target. A cache of fixed size in which a newer text takes the place of an older
 * one, so that no exposition can make it grow.
 *
 * <p>Used by several threads without a lock: entries are immutable, and whoever does not see another thread's entry makes its own.
 */
final class LabelPool {
    private static final int ENTRIES = 4096; // at most 64 characters each: 0.5 MB when full
    private static final int LONGEST_KEPT = 64;

    private final @Nullable String[] texts = new String[ENTRIES];
    private final @Nullable AttributeKey<String>[] keys = newKeys();

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type cannot be made otherwise
    private static AttributeKey<String>[] newKeys() {
        return new AttributeKey[ENTRIES];
    }

    /** The bytes as text: UTF-8, with U+FFFD for what is none. */
    String text(byte[] bytes, int from, int to) {
        if (to - from > LONGEST_KEPT) {
            return new String(bytes, from, to - from, StandardCharsets.UTF_8);
        }
        int hash = 0;
        int all = 0;
        for (int at = from; at < to; at++) {
            hash = 31 * hash + bytes[at];
            all |= bytes[at];
        }
        if (all < 0) { // not ASCII
            return new String(bytes, from, to - from, StandardCharsets.UTF_8);
        }
        int entry = entryOf(hash);
        String known = texts[entry];
        if (known != null && isSame(known, bytes, from, to)) {
            return known;
        }
        String text = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
        texts[entry] = text;
        return text;
    }

    /** A key for string attributes. */
    AttributeKey<String> key(String name) {
        if (name.length() > LONGEST_KEPT) {
            return AttributeKey.stringKey(name);
        }
        int entry = entryOf(name.hashCode());
        AttributeKey<String> known = keys[entry];
        if (known != null && known.getKey().equals(name)) {
            return known;
        }
        AttributeKey<String> key = AttributeKey.stringKey(name);
        keys[entry] = key;
        return key;
    }

    private static int entryOf(int hash) {
        return (hash ^ (hash >>> 15)) & (ENTRIES - 1);
    }

    private static boolean isSame(String text, byte[] bytes, int from, int to) {
        if (text.length() != to - from) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != bytes[from + i]) {
                return false;
            }
        }
        return true;
    }
}
