package tscollector.kit.http;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP answer, read to its end and decompressed. Its body counts against the memory that all answers of the process may hold
 * together until it is closed. One thread at a time.
 */
public final class HttpAnswer implements AutoCloseable {
    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;
    private final Duration elapsed;
    private final Runnable release;
    private boolean closed;

    /**
     * An answer.
     *
     * @param headers names in lower case; of repeated ones the last
     * @param elapsed from the request to the last byte
     * @param release gives the memory back; called once
     */
    public HttpAnswer(int status, Map<String, String> headers, byte[] body, Duration elapsed, Runnable release) {
        this.status = status;
        this.headers = Map.copyOf(headers);
        this.body = Objects.requireNonNull(body, "body");
        this.elapsed = elapsed;
        this.release = release;
    }

    public int status() {
        return status;
    }

    /** The header's value, or null; {@code name} in lower case. */
    public @Nullable String header(String name) {
        return headers.get(name);
    }

    /** The bytes themselves, not a copy: not to be changed, and not to be kept beyond {@link #close}. */
    public byte[] body() {
        return body;
    }

    public Duration elapsed() {
        return elapsed;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            release.run();
        }
    }
}
