package tscollector.exporter.sdk;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import tscollector.component.BuildContext;
import tscollector.component.Deadline;
import tscollector.component.Host;
import tscollector.consumer.Consumers;
import tscollector.exporter.Exporter;
import tscollector.kit.delivery.Deliveries;
import tscollector.signal.Signal;

/** Exporters of the SDK behind our queues. */
final class SdkExporter implements Exporter {
    private final String name;
    private final SdkConfig config;
    private final Deliveries deliveries;
    private final List<Supplier<CompletableResultCode>> endings = new ArrayList<>();

    SdkExporter(BuildContext context, SdkConfig config) {
        this.name = "\"" + config.exporter() + "\"";
        this.config = config;
        this.deliveries = new Deliveries(context, config.delivery());
    }

    void add(MetricExporter exporter) {
        deliveries.add(
                Signal.METRICS,
                new SdkSender<>(
                        name,
                        config.timeout(),
                        batch -> exporter.export(Collections.unmodifiableList(batch.allMetrics()))));
        endings.add(exporter::flush);
        endings.add(exporter::shutdown);
    }

    void add(LogRecordExporter exporter) {
        deliveries.add(
                Signal.LOGS,
                new SdkSender<>(
                        name,
                        config.timeout(),
                        batch -> exporter.export(Collections.unmodifiableList(batch.allRecords()))));
        endings.add(exporter::flush);
        endings.add(exporter::shutdown);
    }

    @Override
    public Consumers inputs() {
        return deliveries.inputs();
    }

    @Override
    public void start(Host host) {
        deliveries.start(host);
    }

    @Override
    public void shutdown(Deadline deadline) {
        deliveries.shutdown(deadline);
        for (Supplier<CompletableResultCode> ending : endings) {
            ending.get().join(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
        }
        endings.clear();
    }
}
