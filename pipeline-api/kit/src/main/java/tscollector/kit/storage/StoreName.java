package tscollector.kit.storage;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import tscollector.component.ComponentId;
import tscollector.component.Kind;

/**
 * Whose a store is, and the name of its file: {@code processor.model_diff.gpu-a.store}.
 *
 * <p>Parts are kind, type, name and the store's name, empty ones at the end left out. What is no small letter, digit, hyphen or
 * underscore stands as {@code %} and two hex digits per UTF-8 byte, capitals too: some file systems take {@code A} for {@code
 * a}. A file name that would be too long keeps its beginning and ends in a tilde, which no other has, and a SHA-256. So two
 * stores never share a file.
 *
 * @param kind of the component
 * @param owner the component
 * @param name tells stores of one component apart; may be empty
 */
record StoreName(Kind kind, ComponentId owner, String name) {
    static final String SUFFIX = ".store";

    /** Common file systems allow 255 bytes; what is put aside or half written needs some room behind it. */
    private static final int MAX_STEM = 200;

    private static final int KEPT_OF_LONG = 100;

    /** The file name: ASCII, at most 255 characters with whatever is appended. */
    String fileName() {
        String stem =
                escape(kind.word()) + "." + escape(owner.type()) + "." + escape(owner.name()) + "." + escape(name);
        while (stem.endsWith(".")) {
            stem = stem.substring(0, stem.length() - 1);
        }
        return (stem.length() <= MAX_STEM ? stem : stem.substring(0, KEPT_OF_LONG) + "~" + sha256(stem)) + SUFFIX;
    }

    private static String escape(String part) {
        StringBuilder escaped = new StringBuilder();
        for (byte b : part.getBytes(StandardCharsets.UTF_8)) {
            if ((b >= 'a' && b <= 'z') || (b >= '0' && b <= '9') || b == '-' || b == '_') {
                escaped.append((char) b);
            } else {
                escaped.append(String.format(Locale.ROOT, "%%%02x", b & 0xff));
            }
        }
        return escaped.toString();
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
