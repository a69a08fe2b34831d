package tscollector.kit.http;

import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The body of an answer that is complete: decompressed within its limit and within the memory there is. */
final class AnswerBody {
    private final Attempt ended;
    private final ApacheHttpCaller.Parts parts;
    private final BodyConsumer complete;

    AnswerBody(Attempt ended, ApacheHttpCaller.Parts parts) {
        this.ended = ended;
        this.parts = parts;
        this.complete = ended.body();
    }

    /** Gives the body to {@code onBody}, at once or when there is memory for it, or the reason why not to {@code onFailure}. */
    void decode(Consumer<byte[]> onBody, Consumer<HttpFailure> onFailure) {
        byte[] body = complete.takeBody();
        try {
            ContentDecoding decoding = body.length == 0 ? null : ContentDecoding.of(coding());
            if (decoding == null) {
                onBody.accept(body);
                return;
            }
            long size = decoding.measure(body, parts.bodyLimit());
            if (size > parts.bodyLimit()) {
                onFailure.accept(Failures.from(new BodyConsumer.BodyTooLargeException(), ended.peer(), false, true));
                return;
            }
            complete.reserve(
                    size,
                    () -> LargeAnswers.run(
                            parts.scheduler(), size, () -> decode(decoding, body, (int) size, onBody, onFailure)));
        } catch (IOException e) {
            onFailure.accept(undecodable(e));
        }
    }

    private void decode(
            ContentDecoding decoding, byte[] body, int size, Consumer<byte[]> onBody, Consumer<HttpFailure> onFailure) {
        byte[] decoded;
        try {
            decoded = decoding.decode(body, size);
        } catch (IOException e) {
            onFailure.accept(undecodable(e));
            return;
        }
        complete.settleAt(decoded.length);
        onBody.accept(decoded);
    }

    private @Nullable String coding() {
        return RequestHeaders.valueOf(complete.head(), "content-encoding");
    }

    private HttpFailure undecodable(IOException cause) {
        return Failures.of(
                HttpFailure.Type.BAD_ENCODING, "the answer of " + ended.peer() + " cannot be decompressed", cause);
    }
}
