package tscollector.connector.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import tscollector.connector.Connector;
import tscollector.connector.ConnectorBuilder;
import tscollector.consumer.DeliveryException;
import tscollector.signal.Batch;
import tscollector.signal.LogBatch;
import tscollector.signal.MetricBatch;
import tscollector.signal.Signal;
import tscollector.testkit.Batches;
import tscollector.testkit.CollectingConsumer;
import tscollector.testkit.TestContext;

class ForwardTest {
    private final ForwardFactory factory = new ForwardFactory();

    @Test
    void handsBatchesOfBothSignalsOn() throws Exception {
        CollectingConsumer<MetricBatch> metrics = CollectingConsumer.metrics();
        CollectingConsumer<LogBatch> logs = CollectingConsumer.logs();
        MetricBatch batch = new Batches().gauge("a", 1).batch();
        LogBatch events = Batches.event("e", "x");

        connector(0, metrics).consume(batch);
        connector(1, logs).consume(events);

        assertThat(metrics.last()).isSameAs(batch);
        assertThat(logs.last()).isSameAs(events);
    }

    @Test
    void handsARefusalBack() throws Exception {
        CollectingConsumer<MetricBatch> metrics = CollectingConsumer.metrics();
        metrics.refuseNext(DeliveryException.permanent("no"));

        assertThatThrownBy(() -> connector(0, metrics)
                        .consume(new Batches().gauge("a", 1).batch()))
                .hasMessage("no");
    }

    @Test
    void connectsASignalOnlyWithItself() {
        assertThat(factory.builders()).allMatch(builder -> builder.from() == builder.to());
        assertThat(factory.signals()).containsExactlyInAnyOrder(Signal.METRICS, Signal.LOGS);
    }

    @SuppressWarnings("unchecked") // each test knows the signal at its position
    private <B extends Batch> Connector<B> connector(int position, CollectingConsumer<B> next) {
        ConnectorBuilder<ForwardConfig, B, B> builder =
                (ConnectorBuilder<ForwardConfig, B, B>) factory.builders().get(position);
        return builder.build().create(new TestContext("forward").build(), ForwardConfig.defaults(), next);
    }
}
