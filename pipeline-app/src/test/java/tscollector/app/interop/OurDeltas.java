package tscollector.app.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.sdk.common.Clock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.Set;
import tscollector.app.interop.OtlpFile.Point;
import tscollector.component.Deadline;
import tscollector.component.Descriptor;
import tscollector.config.Config;
import tscollector.config.ConfigBinder;
import tscollector.config.Problems;
import tscollector.exporter.Exporter;
import tscollector.exporter.file.FileFactory;
import tscollector.kit.time.SystemScheduler;
import tscollector.processor.Processor;
import tscollector.processor.ProcessorBuilder;
import tscollector.processor.cumulativetodelta.CumulativeToDeltaConfig;
import tscollector.processor.cumulativetodelta.CumulativeToDeltaFactory;
import tscollector.signal.MetricBatch;
import tscollector.signal.Signal;
import tscollector.testkit.TestContext;

/** This program's {@code cumulativetodelta} in front of its {@code file} exporter, as the Collector beside it has them. */
final class OurDeltas implements AutoCloseable {
    private final TestContext test = new TestContext("cumulativetodelta");
    private final SystemScheduler scheduler = new SystemScheduler();
    private final OtlpBatches batches = new OtlpBatches();
    private final Clock clock;
    private final Path file;
    private final Exporter exporter;
    private final Processor<MetricBatch> processor;
    private boolean closed;

    /**
     * A processor that starts now.
     *
     * @param settings of the processor, as YAML's flow style has them between braces
     */
    OurDeltas(Clock clock, String settings, Path file) throws Exception {
        this.clock = clock;
        this.file = file;
        FileFactory files = new FileFactory();
        exporter = files.create(
                new TestContext("file").build(scheduler, clock),
                bind("{path: '" + file + "'}", files.descriptor()),
                Set.of(Signal.METRICS));
        exporter.start(test.host());
        CumulativeToDeltaFactory factory = new CumulativeToDeltaFactory();
        @SuppressWarnings("unchecked") // it has builders for metrics only
        ProcessorBuilder<CumulativeToDeltaConfig, MetricBatch> builder =
                (ProcessorBuilder<CumulativeToDeltaConfig, MetricBatch>)
                        factory.builders().get(0);
        processor = builder.build()
                .create(
                        test.build(scheduler, clock),
                        bind("{" + settings + "}", factory.descriptor()),
                        Objects.requireNonNull(exporter.inputs().get(Signal.METRICS)));
        processor.start(test.host());
    }

    private static <C extends Config> C bind(String yaml, Descriptor<C> descriptor) {
        Problems problems = new Problems();
        C config =
                ServiceLoader.load(ConfigBinder.class).findFirst().orElseThrow().bind(yaml, descriptor, problems);
        assertThat(problems.all()).isEmpty();
        return config;
    }

    void send(ExportMetricsServiceRequest request) throws Exception {
        for (MetricBatch batch : batches.of(request)) {
            processor.consume(batch);
        }
    }

    /** Everything that came out; the last thing to be asked for. */
    List<Point> points() {
        close();
        return OtlpFile.points(file);
    }

    /** Points that gave nothing, by reason. */
    Map<String, Long> dropped() {
        return test.telemetry().dropped();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            processor.shutdown(Deadline.in(Duration.ofSeconds(5), clock));
            exporter.shutdown(Deadline.in(Duration.ofSeconds(20), clock));
            scheduler.close();
        }
    }
}
