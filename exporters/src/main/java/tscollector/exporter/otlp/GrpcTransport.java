package tscollector.exporter.otlp;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.GrpcResponse;
import io.opentelemetry.sdk.common.export.GrpcSender;
import io.opentelemetry.sdk.common.export.GrpcSenderConfig;
import io.opentelemetry.sdk.common.export.GrpcStatusCode;
import io.opentelemetry.sdk.common.export.MessageWriter;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.function.Consumer;
import okhttp3.Headers;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;
import okio.GzipSource;
import okio.Okio;
import org.jspecify.annotations.Nullable;
import tscollector.consumer.DeliveryException;

/**
 * OTLP/gRPC: unary calls over HTTP/2. To the SDK's exporter every request succeeds; what really came of it lies in the {@link
 * AnswerSlot}.
 *
 * @see <a href="https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md">gRPC over HTTP2</a>
 */
final class GrpcTransport extends Transport implements GrpcSender {
    private static final MediaType GRPC = MediaType.get("application/grpc");

    private record Taken() implements GrpcResponse {
        @Override
        public GrpcStatusCode getStatusCode() {
            return GrpcStatusCode.OK;
        }

        @Override
        public String getStatusDescription() {
            return "";
        }

        @Override
        public byte[] getResponseMessage() {
            return new byte[0];
        }
    }

    private final AnswerSlot answers;

    GrpcTransport(Equipment equipment, GrpcSenderConfig config) {
        super(
                equipment,
                base(config.getEndpoint()),
                "/" + config.getFullMethodName(),
                config.getHeadersSupplier(),
                true);
        this.answers = equipment.answers();
    }

    @Override
    public void send(MessageWriter writer, Consumer<GrpcResponse> onResponse, Consumer<Throwable> onError) {
        answers.put(exchange(writer));
        onResponse.accept(new Taken());
    }

    @Override
    public CompletableResultCode shutdown() {
        return CompletableResultCode.ofSuccess();
    }

    @Override
    void prepare(Headers.Builder all) {
        all.set("te", "trailers");
        all.set("grpc-accept-encoding", "identity,gzip");
        String coding = coding();
        if (coding != null) {
            all.set("grpc-encoding", coding);
        }
    }

    @Override
    Buffer body(MessageWriter writer) throws IOException {
        Buffer message = compressed(writer);
        Buffer frame = new Buffer();
        frame.writeByte(coding() == null ? 0 : 1);
        frame.writeInt((int) message.size());
        frame.write(message, message.size());
        return frame;
    }

    @Override
    MediaType mediaType() {
        return GRPC;
    }

    @Override
    Answer answer(Response response) throws IOException {
        if (response.protocol() == Protocol.HTTP_1_1 || response.protocol() == Protocol.HTTP_1_0) {
            return Answer.failed(DeliveryException.permanent(
                    address() + " does not speak gRPC (it answered with HTTP/1.1); is it the port of otlp_http?"));
        }
        byte[] frame = limited(response.body().source());
        String status = response.header("grpc-status");
        Headers trailers = response.headers();
        if (status == null && frame != null) {
            trailers = response.trailers(); // readable once the body was read to its end
            status = trailers.get("grpc-status");
        }
        if (status == null && response.code() != 200) {
            return failed(RetryTable.grpcOfHttp(response.code()), "HTTP " + response.code(), null);
        }
        GrpcStatusCode code = code(status);
        QuotedSecrets secrets = new QuotedSecrets(response.request().headers());
        if (code != GrpcStatusCode.OK) {
            return failed(
                    code,
                    Bodies.oneLine(secrets.blankedOut(decoded(trailers.get("grpc-message")))),
                    retryInfo(trailers));
        }
        return taken(frame, response.header("grpc-encoding"), secrets);
    }

    private Answer taken(byte @Nullable [] frame, @Nullable String encoding, QuotedSecrets secrets) {
        try {
            if (frame == null) {
                throw new IOException("longer than " + MAX_ANSWER_BYTES + " bytes");
            }
            return Bodies.exportResponse(secrets.blankedOut(message(frame, encoding)))
                    .with(GrpcStatusCode.OK.name());
        } catch (IOException e) {
            return Answer.failed(
                    DeliveryException.permanent(address() + " answered OK with a message that cannot be read", e));
        }
    }

    private Answer failed(GrpcStatusCode code, String said, @Nullable Duration retryInfo) {
        String message = address() + " answered " + code + (said.isEmpty() ? "" : ": " + said);
        return Answer.failed(RetryTable.ofGrpc(code, message, retryInfo)).with(code.name());
    }

    /** The message in its frame: one byte that says whether it is compressed, four with its length. */
    private static byte[] message(byte[] frame, @Nullable String encoding) throws IOException {
        if (frame.length < 5) {
            throw new IOException("no message");
        }
        Buffer buffer = new Buffer().write(frame);
        boolean compressed = buffer.readByte() != 0;
        if (buffer.readInt() != buffer.size()) {
            throw new IOException("cut off");
        }
        if (!compressed) {
            return buffer.readByteArray();
        }
        if (!"gzip".equals(encoding)) {
            throw new IOException("compressed in a way that was not offered");
        }
        try (BufferedSource plain = Okio.buffer(new GzipSource(buffer))) {
            byte[] message = limited(plain);
            if (message == null) {
                throw new IOException("longer than " + MAX_ANSWER_BYTES + " bytes");
            }
            return message;
        }
    }

    private static GrpcStatusCode code(@Nullable String status) {
        try {
            return status == null ? GrpcStatusCode.UNKNOWN : GrpcStatusCode.fromValue(Integer.parseInt(status));
        } catch (NumberFormatException e) {
            return GrpcStatusCode.UNKNOWN;
        }
    }

    private static @Nullable Duration retryInfo(Headers trailers) {
        String details = trailers.get("grpc-status-details-bin");
        if (details == null) {
            return null;
        }
        try {
            return Bodies.retryDelay(Base64.getDecoder().decode(details));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String decoded(@Nullable String message) {
        if (message == null) {
            return "";
        }
        try {
            return URLDecoder.decode(message.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return message;
        }
    }

    private static URI base(URI endpoint) {
        return URI.create(endpoint.getScheme() + "://" + endpoint.getRawAuthority());
    }
}
