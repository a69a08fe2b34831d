package tscollector.exporter.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import tscollector.consumer.DeliveryException;
import tscollector.signal.MetricBatch;
import tscollector.signal.Signal;
import tscollector.testkit.Batches;
import tscollector.testkit.RecordingTelemetry;

class OtlpSenderTest {
    private final AnswerSlot answers = new AnswerSlot();
    private final RecordingTelemetry telemetry = new RecordingTelemetry();
    private final MetricBatch batch = new Batches().gauge("a", 1).batch();

    @Test
    void aRequestThatTheSdkNeverSentIsTooLarge() {
        OtlpSender<MetricBatch> sender = new OtlpSender<>(Signal.METRICS, b -> {}, answers, telemetry);

        assertThatThrownBy(() -> sender.send(batch))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("larger than 64 MiB")
                .matches(e -> !((DeliveryException) e).isRetryable());
    }

    @Test
    void anAnswerCountsForItsOwnRequestOnly() throws Exception {
        OtlpSender<MetricBatch> sender = new OtlpSender<>(
                Signal.METRICS,
                b -> {
                    if (answers.take() == null) {
                        answers.put(Answer.taken(1, ""));
                    }
                },
                answers,
                telemetry);

        assertThat(sender.send(batch)).isEqualTo(1);
        assertThat(sender.send(batch)).isEqualTo(1);
    }
}
