package tscollector.testkit.contract;

import tscollector.consumer.Consumers;
import tscollector.signal.LogBatch;
import tscollector.signal.MetricBatch;
import tscollector.signal.Signal;
import tscollector.testkit.CollectingConsumer;
import tscollector.testkit.RefusingConsumer;

/** What stands behind a receiver under test: a gate and a memory per signal. */
final class Outputs {
    private final CollectingConsumer<MetricBatch> metrics = CollectingConsumer.metrics();
    private final CollectingConsumer<LogBatch> logs = CollectingConsumer.logs();
    private final RefusingConsumer<MetricBatch> metricGate = new RefusingConsumer<>(metrics);
    private final RefusingConsumer<LogBatch> logGate = new RefusingConsumer<>(logs);

    Consumers consumers() {
        return Consumers.of(Signal.METRICS, metricGate).and(Signal.LOGS, logGate);
    }

    void refuse(boolean refuse) {
        metricGate.refuse(refuse);
        logGate.refuse(refuse);
    }

    CollectingConsumer<MetricBatch> metrics() {
        return metrics;
    }

    CollectingConsumer<LogBatch> logs() {
        return logs;
    }

    long refusedPoints() {
        return metricGate.refusedItems();
    }

    long refusedRecords() {
        return logGate.refusedItems();
    }
}
