package tscollector.exporter.otlp;

import io.opentelemetry.sdk.common.Clock;
import io.opentelemetry.sdk.common.export.MessageWriter;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import okhttp3.Headers;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;
import tscollector.consumer.DeliveryException;

/**
 * Sends one encoded request and waits for the answer on the caller's thread; what OTLP over HTTP and over gRPC have in common.
 *
 * @see HttpTransport
 * @see GrpcTransport
 */
abstract class Transport {
    /** What OTLP allows a client to read of an answer. */
    static final int MAX_ANSWER_BYTES = 4 << 20;

    private static final String SDK_USER_AGENT = "OTel-OTLP-Exporter-Java";

    private final OkHttpClient client;
    private final String userAgent;
    private final String url;
    private final String address;
    private final Supplier<Map<String, List<String>>> headers;
    private final Compression compression;
    private final boolean grpc;

    /** What a transport needs besides the SDK's configuration. */
    record Equipment(
            OkHttpClient client,
            String userAgent,
            Clock clock,
            AnswerSlot answers,
            Compression compression,
            HttpRules rules) {}

    /** A request is larger than it may be. */
    static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLargeException(String message) {
            super(message);
        }
    }

    Transport(
            Equipment equipment, URI endpoint, String path, Supplier<Map<String, List<String>>> headers, boolean grpc) {
        this.client = equipment.client();
        this.userAgent = equipment.userAgent();
        this.url = endpoint.toString() + path;
        // For messages: without user, password and query, where keys may hide.
        this.address = endpoint.getScheme() + "://" + endpoint.getRawAuthority().replaceFirst("^.*@", "")
                + (grpc ? "" : endpoint.getRawPath());
        this.headers = headers;
        this.compression = equipment.compression();
        this.grpc = grpc;
    }

    final String address() {
        return address;
    }

    /** What the body is behind; null if nothing. */
    final @Nullable String coding() {
        return compression.coding();
    }

    /** Sends {@code writer}'s message; never throws. */
    final Answer exchange(MessageWriter writer) {
        Request request;
        try {
            request = request(writer);
        } catch (UncheckedIOException e) { // the token file
            return Answer.failed(DeliveryException.retryable(String.valueOf(e.getMessage()), e));
        } catch (TooLargeException e) {
            return Answer.tooLarge(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return Answer.failed(DeliveryException.permanent("cannot encode the request", e));
        }
        try {
            return exchange(request);
        } catch (IOException e) {
            if (e instanceof InterruptedIOException) {
                // A peer that vanished without a word would otherwise swallow every request until TCP gives up on it:
                // the stream is over then, but OkHttp keeps its HTTP/2 connection.
                client.connectionPool().evictAll();
            }
            return Answer.failed(Faults.of(e, address, grpc, Duration.ofMillis(client.callTimeoutMillis())));
        }
    }

    /** Sends it once, or twice where a kept connection turns out to be closed: nobody need hear of that. */
    private Answer exchange(Request request) throws IOException {
        ConnectionUse use = new ConnectionUse();
        try {
            return call(request, use);
        } catch (InterruptedIOException e) {
            throw e; // its time is over
        } catch (IOException e) {
            if (!use.wasStale()) {
                throw e;
            }
            client.connectionPool().evictAll(); // the others were kept as long
            return call(request, new ConnectionUse());
        }
    }

    private Answer call(Request request, ConnectionUse use) throws IOException {
        RequestBody body = request.body();
        Request tagged = request.newBuilder()
                .tag(ConnectionUse.class, use)
                .method(request.method(), body == null ? null : use.body(body))
                .build();
        try (Response response = client.newCall(tagged).execute()) {
            Answer answer = answer(response);
            return answer.status() == null ? answer.with(String.valueOf(response.code())) : answer;
        }
    }

    /** Reads what the backend says. */
    abstract Answer answer(Response response) throws IOException;

    /** Adds what the protocol wants. */
    abstract void prepare(Headers.Builder all);

    /** The bytes on the wire. */
    abstract Buffer body(MessageWriter writer) throws IOException;

    abstract MediaType mediaType();

    /** The message, compressed if that is configured. */
    final Buffer compressed(MessageWriter writer) throws IOException {
        return compression.bytes(writer);
    }

    /** At most 4 MiB of the body; null if there is more. */
    static byte @Nullable [] limited(BufferedSource source) throws IOException {
        return source.request(MAX_ANSWER_BYTES + 1L) ? null : source.readByteArray();
    }

    private Request request(MessageWriter writer) throws IOException {
        Headers.Builder all = new Headers.Builder();
        headers.get()
                .forEach((name, values) -> values.stream()
                        .filter(value -> !value.startsWith(SDK_USER_AGENT))
                        .forEach(value -> all.add(name, value)));
        if (all.get("User-Agent") == null) {
            all.set("User-Agent", userAgent);
        }
        prepare(all);
        Buffer bytes = body(writer);
        return new Request.Builder()
                .url(url)
                .headers(all.build())
                .post(RequestBody.create(bytes.readByteString(), mediaType()))
                .build();
    }
}
