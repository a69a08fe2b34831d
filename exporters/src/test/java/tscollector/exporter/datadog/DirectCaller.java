package tscollector.exporter.datadog;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import tscollector.kit.http.HttpAnswer;
import tscollector.kit.http.HttpAsk;
import tscollector.kit.http.HttpCaller;
import tscollector.kit.http.HttpFailure;
import tscollector.testkit.datadog.DatadogIntake;
import tscollector.testkit.datadog.IntakeAnswer;
import tscollector.testkit.datadog.IntakeRequest;

/** Brings requests to the double without a network, so that the test's clock is the only one. An answer with a delay never comes. */
final class DirectCaller implements HttpCaller {
    private final DatadogIntake intake;
    private boolean away;
    private boolean closed;
    private int openAnswers;

    DirectCaller(DatadogIntake intake) {
        this.intake = intake;
    }

    /** While away, nobody answers. */
    void away(boolean nowAway) {
        away = nowAway;
    }

    /** Answers that nobody closed yet. */
    int openAnswers() {
        return openAnswers;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public CompletionStage<HttpAnswer> send(HttpAsk ask) {
        if (away) {
            return failed(HttpFailure.Type.CONNECTION_REFUSED, "connection refused");
        }
        Map<String, String> headers = new HashMap<>(Map.of("user-agent", "tscollector/0.0.0-test"));
        ask.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        byte[] body = ask.body();
        String query = ask.uri().getRawQuery();
        String target = ask.uri().getRawPath() + (query == null ? "" : "?" + query);
        IntakeAnswer answer =
                intake.answer(new IntakeRequest(ask.method(), target, headers, body == null ? new byte[0] : body));
        if (answer.status() == 0) {
            return failed(HttpFailure.Type.CONNECTION_RESET, "connection reset");
        }
        if (!answer.delay().isZero()) {
            return new CompletableFuture<>();
        }
        Map<String, String> lower = new HashMap<>();
        answer.headers().forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
        openAnswers++;
        return CompletableFuture.completedFuture(new HttpAnswer(
                answer.status(),
                lower,
                answer.body().getBytes(java.nio.charset.StandardCharsets.UTF_8),
                Duration.ZERO,
                () -> openAnswers--));
    }

    @Override
    public void close() {
        closed = true;
    }

    private static CompletionStage<HttpAnswer> failed(HttpFailure.Type type, String message) {
        return CompletableFuture.failedFuture(new HttpFailure(type, message, null));
    }
}
