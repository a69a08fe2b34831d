package tscollector.datadog;

import org.jspecify.annotations.Nullable;
import tscollector.config.Problems;
import tscollector.config.Secret;

/** The rules for an API key: hexadecimal digits, of which blanks around it are no part. */
public final class DatadogKey {
    private DatadogKey() {}

    /** The key as it is sent; empty if there is none. */
    public static Secret trimmed(@Nullable Secret written) {
        return new Secret(written == null ? "" : written.reveal().strip());
    }

    /**
     * Says what is wrong with a key that is written, without showing it.
     *
     * @param wantsRealKey a key that Datadog can hardly have given out is a mistake, else only worth a warning
     */
    public static void check(Problems problems, String path, Secret written, boolean wantsRealKey) {
        String text = trimmed(written).reveal();
        if (text.isEmpty()) {
            problems.add(path, "is empty; set it to the API key of your organisation");
        } else if (!canBeSent(text)) {
            problems.add(path, "has characters that no header can have");
        } else if (!text.matches("[0-9a-fA-F]+")) {
            String fault = "has characters other than 0-9 and a-f, so it can hardly be an API key";
            if (wantsRealKey) {
                problems.add(path, fault);
            } else {
                problems.warn(path, fault);
            }
        }
    }

    /** Whether a header can have it. */
    public static boolean canBeSent(String text) {
        return text.chars().allMatch(c -> c > ' ' && c < 127);
    }
}
