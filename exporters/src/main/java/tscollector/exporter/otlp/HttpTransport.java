package tscollector.exporter.otlp;

import io.opentelemetry.sdk.common.Clock;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.HttpResponse;
import io.opentelemetry.sdk.common.export.HttpSender;
import io.opentelemetry.sdk.common.export.HttpSenderConfig;
import io.opentelemetry.sdk.common.export.MessageWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Consumer;
import okhttp3.Headers;
import okhttp3.MediaType;
import okhttp3.Response;
import okio.Buffer;
import org.jspecify.annotations.Nullable;
import tscollector.consumer.DeliveryException;
import tscollector.kit.delivery.RetryAfter;

/** OTLP/HTTP with protobuf. To the SDK's exporter every request succeeds; what really came of it lies in the {@link AnswerSlot}. */
final class HttpTransport extends Transport implements HttpSender {
    private static final MediaType PROTOBUF = MediaType.get("application/x-protobuf");

    private record Taken() implements HttpResponse {
        @Override
        public int getStatusCode() {
            return 200;
        }

        @Override
        public String getStatusMessage() {
            return "";
        }

        @Override
        public byte[] getResponseBody() {
            return new byte[0];
        }
    }

    private final Clock clock;
    private final AnswerSlot answers;
    private final HttpRules rules;

    HttpTransport(Equipment equipment, HttpSenderConfig config) {
        super(equipment, config.getEndpoint(), "", config.getHeadersSupplier(), false);
        this.clock = equipment.clock();
        this.answers = equipment.answers();
        this.rules = equipment.rules();
    }

    @Override
    public void send(MessageWriter writer, Consumer<HttpResponse> onResponse, Consumer<Throwable> onError) {
        answers.put(exchange(writer));
        onResponse.accept(new Taken());
    }

    @Override
    public CompletableResultCode shutdown() {
        return CompletableResultCode.ofSuccess();
    }

    @Override
    void prepare(Headers.Builder all) {
        String coding = coding();
        if (coding != null) {
            all.set("Content-Encoding", coding);
        }
    }

    @Override
    Buffer body(MessageWriter writer) throws IOException {
        refuse(writer.getContentLength(), rules.maxMessageBytes(), "");
        Buffer bytes = compressed(writer);
        refuse(bytes.size(), rules.maxRequestBytes(), " as it is sent");
        return bytes;
    }

    private static void refuse(long bytes, long limit, String how) throws TooLargeException {
        if (bytes > limit) {
            throw new TooLargeException(
                    "the request has " + bytes + " bytes" + how + ", and " + limit + " are the limit");
        }
    }

    @Override
    MediaType mediaType() {
        return PROTOBUF;
    }

    @Override
    Answer answer(Response response) throws IOException {
        int status = response.code();
        byte[] raw = limited(response.body().source());
        byte[] body = raw == null ? null : new QuotedSecrets(response.request().headers()).blankedOut(raw);
        PresetKey key = rules.key();
        if (status >= 200 && status < 300) {
            if (key != null) {
                key.taken();
            }
            return taken(response, body);
        }
        if (key != null && PresetKey.isRefusal(status)) {
            return Answer.failed(key.refused(address(), status));
        }
        String said = body == null ? "" : text(response, body);
        String message = address() + " answered " + status + (said.isEmpty() ? "" : ": " + said);
        if (status == 413) {
            return Answer.tooLarge(message);
        }
        return Answer.failed(RetryTable.ofHttp(
                status,
                message,
                RetryAfter.parse(response.header("Retry-After"), clock.now()),
                rules.retriesServerErrors()));
    }

    private Answer taken(Response response, byte @Nullable [] body) {
        if (!isProtobuf(response)) {
            return Answer.taken(0, "");
        }
        try {
            if (body == null) {
                throw new IOException("longer than " + MAX_ANSWER_BYTES + " bytes");
            }
            return Bodies.exportResponse(body);
        } catch (IOException e) {
            if (rules.takesEverySuccess()) {
                return Answer.taken(0, "");
            }
            return Answer.failed(DeliveryException.permanent(
                    address() + " answered " + response.code() + " with a body that cannot be read", e));
        }
    }

    /** An answer without a type is taken for what OTLP asks for; of other types nothing is known but that the status is good. */
    private static boolean isProtobuf(Response response) {
        String type = response.header("Content-Type");
        return type == null || type.toLowerCase(Locale.ROOT).contains("protobuf");
    }

    /** What the backend says about an error: a protobuf status or plain text. */
    private static String text(Response response, byte[] body) {
        String type = response.header("Content-Type", "");
        if (body.length == 0) {
            return Bodies.oneLine(response.message());
        }
        if (type != null && type.contains("protobuf")) {
            String message = Bodies.statusMessage(body);
            return message == null ? "" : message;
        }
        return Bodies.oneLine(new String(body, 0, Math.min(body.length, 1000), StandardCharsets.UTF_8));
    }
}
