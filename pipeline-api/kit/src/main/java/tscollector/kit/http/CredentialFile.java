package tscollector.kit.http;

import io.opentelemetry.sdk.common.Clock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A file with credentials that others write. It is looked at once a second at most, and read when its time or size changed. While
 * it is half written or gone, what was read last stays in force: the server decides whether it is still good. Thread-safe.
 *
 * @param <T> what the file says
 */
final class CredentialFile<T> {
    private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();
    /** File times are coarse: a file this young may change again without showing it. */
    private static final long YOUNG_NANOS = Duration.ofSeconds(2).toNanos();

    private static final int MOST_BYTES = 64 << 10;

    private record Stamp(FileTime time, long size) {}

    private final Path path;
    private final String setting;
    private final Parser<T> parser;
    private final Clock clock;

    private @Nullable T value; // all guarded by this
    private @Nullable Stamp stamp;
    private @Nullable String fault;
    private long lookedNanos;

    /**
     * A file that is not read yet.
     *
     * @param setting where the user named it, for messages
     */
    CredentialFile(Path path, String setting, Parser<T> parser, Clock clock) {
        this.path = path;
        this.setting = setting;
        this.parser = parser;
        this.clock = clock;
    }

    synchronized boolean mustLook() {
        return value == null || clock.nanoTime() - lookedNanos >= LOOK_NANOS;
    }

    /**
     * What the file said when it was last readable.
     *
     * @throws HttpFailure if it never was
     */
    synchronized T get() throws HttpFailure {
        if (mustLook()) {
            look(false);
        }
        if (value == null) {
            throw new IllegalStateException("looked without failure but found nothing");
        }
        return value;
    }

    /** What the file said when it was last readable; null if it never was. Does not look. */
    synchronized @Nullable T last() {
        return value;
    }

    /** Why the file cannot be read now, so that an older reading is in force; null if it can be. */
    synchronized @Nullable String fault() {
        return fault;
    }

    Path path() {
        return path;
    }

    /** Reads the file now, changed or not. */
    synchronized void renew() {
        try {
            look(true);
        } catch (HttpFailure e) {
            // Nothing was ever read, so nothing was refused either; the next get says why.
        }
    }

    private void look(boolean always) throws HttpFailure {
        lookedNanos = clock.nanoTime();
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            Stamp now = new Stamp(attributes.lastModifiedTime(), attributes.size());
            if (!always && value != null && now.equals(stamp)) {
                return;
            }
            value = parser.parse(read());
            boolean young = clock.now() - now.time().toInstant().toEpochMilli() * 1_000_000L < YOUNG_NANOS;
            stamp = young ? null : now;
            fault = null;
        } catch (IOException e) {
            stamp = null;
            fault = reason(e);
            if (value == null) {
                throw Failures.of(
                        HttpFailure.Type.NO_CREDENTIALS, "cannot read the file in " + setting + ": " + reason(e), e);
            }
        }
    }

    private byte[] read() throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new MalformedException("it is larger than 64 KiB");
            }
            return bytes;
        }
    }

    private String reason(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return path + " does not exist";
        }
        if (failure instanceof AccessDeniedException) {
            return path + " may not be read by this user";
        }
        return failure instanceof MalformedException ? failure.getMessage() + ", " + path : path + " is not readable";
    }

    /** Reads what the file says. */
    @FunctionalInterface
    interface Parser<T> {
        /** The value; never keeps {@code bytes}. */
        T parse(byte[] bytes) throws MalformedException;
    }

    /** The file does not say what it should; the message says why, without quoting it. */
    static final class MalformedException extends IOException {
        private static final long serialVersionUID = 1L;

        MalformedException(String message) {
            super(message);
        }
    }
}
