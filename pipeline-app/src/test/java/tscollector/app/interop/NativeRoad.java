package tscollector.app.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.sdk.common.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.Set;
import tscollector.component.Deadline;
import tscollector.config.ConfigBinder;
import tscollector.config.Problems;
import tscollector.consumer.Consumer;
import tscollector.exporter.Exporter;
import tscollector.exporter.datadog.DatadogConfig;
import tscollector.exporter.datadog.DatadogFactory;
import tscollector.kit.time.SystemScheduler;
import tscollector.signal.MetricBatch;
import tscollector.signal.Signal;
import tscollector.testkit.TestContext;
import tscollector.testkit.datadog.DatadogIntake;
import tscollector.testkit.datadog.DatadogServer;

/** OTLP requests through the exporter {@code datadog} to Datadog's double. */
final class NativeRoad {
    /**
     * What arrived, and how many points were dropped on the way, by reason.
     *
     * @param dropped first values among them
     */
    record Arrived(List<Sent> sent, Map<String, Long> dropped) {}

    private NativeRoad() {}

    /**
     * Sends requests one after the other.
     *
     * @param now what the clock shows all the while
     * @param metrics settings of the section {@code metrics}, as YAML's flow style has them between braces
     * @param host of resources that name none
     */
    static Arrived send(List<ExportMetricsServiceRequest> requests, Instant now, String metrics, String host)
            throws Exception {
        Clock clock = new StandingClock(now);
        DatadogIntake intake = new DatadogIntake(clock);
        TestContext test = new TestContext("datadog");
        try (DatadogServer server = DatadogServer.start(intake);
                SystemScheduler scheduler = new SystemScheduler()) {
            DatadogFactory factory = new DatadogFactory();
            DatadogConfig config = config(factory, server.url(), metrics, host);
            Exporter exporter = factory.create(test.build(scheduler, clock), config, Set.of(Signal.METRICS));
            exporter.start(test.host());
            Consumer<MetricBatch> input =
                    Objects.requireNonNull(exporter.inputs().get(Signal.METRICS));
            OtlpBatches batches = new OtlpBatches();
            for (ExportMetricsServiceRequest request : requests) {
                for (MetricBatch batch : batches.of(request)) {
                    input.consume(batch);
                }
            }
            exporter.shutdown(Deadline.in(Duration.ofSeconds(30), clock));
        }
        assertThat(intake.refusals()).isEmpty();
        List<Sent> sent = new ArrayList<>();
        intake.series().forEach(series -> sent.addAll(Sent.of(series)));
        intake.sketches().forEach(sketch -> sent.add(Sent.of(sketch)));
        return new Arrived(sent, test.telemetry().dropped());
    }

    private static DatadogConfig config(DatadogFactory factory, String url, String metrics, String host) {
        String yaml = "{api: {key: %s}, api_key_check: off, hostname: '%s', metrics: {endpoint: '%s'%s}}"
                .formatted(DatadogIntake.KEY, host, url, metrics.isEmpty() ? "" : ", " + metrics);
        Problems problems = new Problems();
        DatadogConfig config = ServiceLoader.load(ConfigBinder.class)
                .findFirst()
                .orElseThrow()
                .bind(yaml, factory.descriptor(), problems);
        assertThat(problems.all()).isEmpty();
        return config;
    }

    /** The time of day stands still; elapsed time is real. */
    private record StandingClock(Instant at) implements Clock {
        @Override
        public long now() {
            return at.getEpochSecond() * 1_000_000_000L + at.getNano();
        }

        @Override
        public long nanoTime() {
            return Clock.getDefault().nanoTime();
        }
    }
}
