package tscollector.exporter.otlp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tscollector.config.Secret;
import tscollector.kit.http.AuthConfig;

/** The configured headers and the authorisation, asked for at each request so that a token file can change. Thread-safe. */
final class AuthHeader implements Supplier<Map<String, String>> {
    private static final long MAX_TOKEN_BYTES = 64 * 1024;

    private final Map<String, String> fixed = new LinkedHashMap<>();
    private final @Nullable Path tokenFile;
    private @Nullable FileTime tokenTime; // guarded by this
    private String token = ""; // guarded by this

    AuthHeader(Map<String, Secret> headers, @Nullable AuthConfig auth) {
        headers.forEach((name, value) -> fixed.put(name, value.reveal()));
        AuthConfig.Basic basic = auth == null ? null : auth.basic();
        AuthConfig.Bearer bearer = auth == null ? null : auth.bearer();
        if (basic != null) {
            String pair = basic.username() + ":" + basic.password().reveal();
            fixed.put("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(basic.charset())));
        }
        if (bearer != null && bearer.token() != null) {
            fixed.put("Authorization", "Bearer " + bearer.token().reveal());
        }
        tokenFile = bearer == null || bearer.tokenFile() == null ? null : Path.of(bearer.tokenFile());
    }

    /** @throws UncheckedIOException if the token file could never be read */
    @Override
    public Map<String, String> get() {
        if (tokenFile == null) {
            return fixed;
        }
        Map<String, String> headers = new LinkedHashMap<>(fixed);
        headers.put("Authorization", "Bearer " + currentToken(tokenFile));
        return headers;
    }

    private synchronized String currentToken(Path file) {
        try {
            FileTime time = Files.getLastModifiedTime(file);
            if (!time.equals(tokenTime)) {
                if (Files.size(file) > MAX_TOKEN_BYTES) {
                    throw new IOException("too large for a token");
                }
                String read = Files.readString(file).strip();
                if (read.isEmpty() || !read.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
                    throw new IOException("no token in it");
                }
                token = read;
                tokenTime = time;
            }
            return token;
        } catch (IOException e) {
            if (!token.isEmpty()) {
                return token; // gone or half written: the backend decides whether the last one is still good
            }
            throw new UncheckedIOException("cannot read the token file " + file, e);
        }
    }
}
