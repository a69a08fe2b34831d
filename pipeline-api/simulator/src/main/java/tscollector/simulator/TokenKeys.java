package tscollector.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The keys of token authorization and the file they stand in. Thread-safe.
 *
 * <p>The inference and the management key expire, the API key does not. Nothing renews a key but {@link #rotate}; the file is
 * overwritten in place and only then, mode 0600.
 */
final class TokenKeys {
    /** Whose key a request must bear. */
    enum Owner {
        INFERENCE("inference"),
        MANAGEMENT("management"),
        TOKEN("API");

        private final String section;

        Owner(String section) {
            this.section = section;
        }
    }

    private static final String BEARER = "Bearer ";

    private final Object lock = new Object();
    private final InstantSource clock;
    private final Random random;
    private final Duration lifetime;
    private final Path file;
    private String apiKey;
    private Key inference;
    private Key management;

    TokenKeys(InstantSource clock, long seed, Duration lifetime, Path file) {
        this.clock = clock;
        this.random = new Random(seed);
        this.lifetime = lifetime;
        this.file = file;
        this.apiKey = text();
        this.inference = fresh();
        this.management = fresh();
    }

    /** New keys all round, as a process that starts makes them. */
    void start() {
        synchronized (lock) {
            apiKey = text();
            inference = fresh();
            management = fresh();
            write();
        }
    }

    String key(Owner owner) {
        synchronized (lock) {
            return switch (owner) {
                case INFERENCE -> inference.text;
                case MANAGEMENT -> management.text;
                case TOKEN -> apiKey;
            };
        }
    }

    Path file() {
        return file;
    }

    /** Replaces one key and rewrites the file; the other key keeps its text and expiration. */
    void rotate(Owner owner) {
        synchronized (lock) {
            switch (owner) {
                case INFERENCE -> inference = fresh();
                case MANAGEMENT -> management = fresh();
                case TOKEN -> throw new IllegalArgumentException("cannot rotate the API key: it never changes");
            }
            write();
        }
    }

    /** Lets both keys expire now. The file says so too: a real one has named that time since the keys were made. */
    void expire() {
        synchronized (lock) {
            Instant past = clock.instant();
            inference = new Key(inference.text, past);
            management = new Key(management.text, past);
            write();
        }
    }

    /** Whether this value of an Authorization header opens what the owner guards. */
    boolean opens(Owner owner, @Nullable String authorization) {
        if (authorization == null || !authorization.startsWith(BEARER)) {
            return false;
        }
        String given = authorization.substring(BEARER.length()).strip();
        synchronized (lock) {
            return switch (owner) {
                case INFERENCE -> opens(inference, given);
                case MANAGEMENT -> opens(management, given);
                case TOKEN -> apiKey.equals(given);
            };
        }
    }

    private boolean opens(Key key, String given) {
        return key.text.equals(given) && clock.instant().isBefore(key.expiration);
    }

    private Key fresh() {
        return new Key(text(), clock.instant().plus(lifetime));
    }

    private String text() {
        byte[] bytes = new byte[6];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().encodeToString(bytes);
    }

    private void write() {
        Map<String, Object> sections = new LinkedHashMap<>();
        sections.put(Owner.MANAGEMENT.section, management.json());
        sections.put(Owner.INFERENCE.section, inference.json());
        sections.put(Owner.TOKEN.section, Map.of("key", apiKey));
        try {
            if (!Files.exists(file)) {
                create();
            }
            Files.write(file, Json.pretty(sections).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write key file " + file, e);
        }
    }

    private void create() throws IOException {
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(file);
        }
    }

    private record Key(String text, Instant expiration) {
        Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("key", text);
            json.put("expiration time", expiration.toString());
            return json;
        }
    }
}
