package tscollector.exporter.datadog;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tscollector.component.StartException;
import tscollector.config.Secret;
import tscollector.datadog.DatadogKey;

/** The key that goes with every request, and the file it can be read from again. Never prints more than its end. Thread-safe. */
final class ApiKey {
    private static final int MOST_BYTES = 4096;
    /** Below this length the end would tell too much. */
    private static final int LENGTH_TO_SHOW_END = 16;

    private final @Nullable Path file;
    private volatile Secret key;

    private ApiKey(@Nullable Path file, Secret key) {
        this.file = file;
        this.key = key;
    }

    /** @throws StartException if the file cannot be read or has no key */
    static ApiKey of(ApiConfig config) throws StartException {
        if (config.keyFile() == null) {
            Secret key = DatadogKey.trimmed(config.key());
            if (key.reveal().isEmpty()) {
                throw new StartException("api.key is empty");
            }
            return new ApiKey(null, key);
        }
        Path file = Path.of(config.keyFile());
        try {
            return new ApiKey(file, read(file));
        } catch (IOException e) {
            throw new StartException("cannot read the API key in api.key_file " + file + ": " + e.getMessage(), e);
        }
    }

    /** For the header. */
    String reveal() {
        return key.reveal();
    }

    /** Reads the file again, if there is one; returns whether there is another key now. */
    boolean renew() {
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
