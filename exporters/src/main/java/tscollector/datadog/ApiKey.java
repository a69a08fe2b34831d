package tscollector.datadog;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tscollector.component.StartException;
import tscollector.config.Secret;

/** The key that goes with every request, and the file it can be read from again. Never prints more than its end. Thread-safe. */
public final class ApiKey {
    private static final int MOST_BYTES = 4096;
    /** Below this length the end would tell too much. */
    private static final int LENGTH_TO_SHOW_END = 16;

    private final @Nullable Path file;
    private volatile Secret key;

    private ApiKey(@Nullable Path file, Secret key) {
        this.file = file;
        this.key = key;
    }

    /**
     * The key as {@code api.key} or {@code api.key_file} tell it.
     *
     * @param written not used if there is a file
     * @throws StartException if the file cannot be read or has no key
     */
    public static ApiKey of(@Nullable Secret written, @Nullable String keyFile) throws StartException {
        if (keyFile == null) {
            Secret key = DatadogKey.trimmed(written);
            if (key.reveal().isEmpty()) {
                throw new StartException("api.key is empty");
            }
            return new ApiKey(null, key);
        }
        Path file = Path.of(keyFile);
        try {
            return new ApiKey(file, read(file));
        } catch (IOException e) {
            throw new StartException("cannot read the API key in api.key_file " + file + ": " + e.getMessage(), e);
        }
    }

    /** For the header. */
    public String reveal() {
        return key.reveal();
    }

    /** Reads the file again, if there is one; returns whether there is another key now. */
    public boolean renew() {
        if (file == null) {
            return false;
        }
        try {
            Secret now = read(file);
            boolean other = !now.equals(key);
            key = now;
            return other;
        } catch (IOException e) {
            return false; // half written or away: the old key stays until the next refusal
        }
    }

    /** Enough to tell two keys apart. */
    @Override
    public String toString() {
        String text = key.reveal();
        return text.length() < LENGTH_TO_SHOW_END ? "****" : "****" + text.substring(text.length() - 4);
    }

    private static Secret read(Path file) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MOST_BYTES + 1);
        }
        String text = new String(bytes, StandardCharsets.UTF_8).strip();
        if (text.isEmpty() || bytes.length > MOST_BYTES || !DatadogKey.canBeSent(text)) {
            throw new IOException("it holds no API key");
        }
        return new Secret(text);
    }
}
