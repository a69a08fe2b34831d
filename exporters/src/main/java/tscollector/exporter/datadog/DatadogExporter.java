package tscollector.exporter.datadog;

import io.opentelemetry.sdk.common.Clock;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tscollector.component.BuildContext;
import tscollector.component.Deadline;
import tscollector.component.Host;
import tscollector.component.StartException;
import tscollector.consumer.Consumers;
import tscollector.exporter.Exporter;
import tscollector.kit.compress.Zstd;
import tscollector.kit.delivery.Deliveries;
import tscollector.kit.delivery.Delivery;
import tscollector.kit.http.HttpCaller;
import tscollector.signal.MetricBatch;
import tscollector.signal.Signal;

/** The queues of one destination, their senders, the client these share, and the watch over the key. */
final class DatadogExporter implements Exporter {
    /** For taking back and storing what is left: after the deadline nobody waits for that. */
    private static final Duration LONGEST_KEEPING = Duration.ofSeconds(1);

    private final Clock clock;
    private final Deliveries deliveries;
    private final HttpCaller caller;
    private final ExporterHealth health;
    private final KeyCheck keyCheck;
    private final @Nullable SeriesSender series;
    private final Consumers inputs;

    private DatadogExporter(
            Clock clock,
            Deliveries deliveries,
            HttpCaller caller,
            ExporterHealth health,
            KeyCheck keyCheck,
            @Nullable SeriesSender series,
            Consumers inputs) {
        this.clock = clock;
        this.deliveries = deliveries;
        this.caller = caller;
        this.health = health;
        this.keyCheck = keyCheck;
        this.series = series;
        this.inputs = inputs;
    }

    /** @throws StartException if the key or the library for the compression is not to be had */
    static DatadogExporter create(BuildContext context, DatadogConfig config, HttpCaller caller, Set<Signal<?>> wanted)
            throws StartException {
        if (config.compression() == Compression.ZSTD) {
            Zstd.require();
        }
        ExporterHealth health = new ExporterHealth();
        Intake intake = new Intake(context, config, caller, config.api().apiKey(), health);
        HostNames hosts = HostNames.of(config);
        Deliveries deliveries = new Deliveries(context, config.delivery());
        Consumers inputs = Consumers.none();
        SeriesSender series = null;
        if (wanted.contains(Signal.METRICS)) {
            series = new SeriesSender(of(Signal.METRICS, context), config, intake, hosts);
            Delivery<MetricBatch> queue = deliveries.addStepwise(Signal.METRICS, series);
            queue.keepUndelivered(series::keep);
            inputs = inputs.and(Signal.METRICS, series.inFrontOf(queue));
        }
        if (wanted.contains(Signal.LOGS)) {
            LogSender logs = new LogSender(of(Signal.LOGS, context), config, intake, hosts);
            inputs = inputs.and(Signal.LOGS, logs.inFrontOf(deliveries.addStepwise(Signal.LOGS, logs)));
        }
        KeyCheck keyCheck = new KeyCheck(context, config, intake);
        return new DatadogExporter(context.clock(), deliveries, caller, health, keyCheck, series, inputs);
    }

    private static BuildContext of(Signal<?> signal, BuildContext context) {
        return context.with(context.telemetry().of(signal));
    }

    @Override
    public Consumers inputs() {
        return inputs;
    }

    @Override
    public void start(Host host) throws StartException {
        if (series != null) {
            series.start(host);
        }
        health.start(host);
        deliveries.start(health);
        keyCheck.start();
    }

    @Override
    public void shutdown(Deadline deadline) {
        keyCheck.shutdown();
        boolean keeps = series != null && series.keeps();
        deliveries.shutdown(keeps ? Deadline.in(timeToSend(deadline.remaining()), clock) : deadline);
        if (series != null) {
            series.shutdown(deadline);
        }
        caller.close();
    }

    /** What is left of the time for requests, if some of it is needed to keep what they do not bring there. */
    static Duration timeToSend(Duration left) {
        Duration quarter = left.dividedBy(4);
        return left.minus(quarter.compareTo(LONGEST_KEEPING) < 0 ? quarter : LONGEST_KEEPING);
    }

    /** Items taken over whose outcome is not known yet. */
    long queuedItems() {
        return deliveries.queuedItems();
    }
}
