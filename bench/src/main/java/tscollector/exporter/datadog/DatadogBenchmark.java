package tscollector.exporter.datadog;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import tscollector.consumer.DeliveryException;
import tscollector.exposition.ScrapedGroups;
import tscollector.kit.delivery.Progress;
import tscollector.kit.delta.CounterDeltas;
import tscollector.kit.delta.DeltaRules;
import tscollector.signal.MetricBatch;
import tscollector.signal.MetricGroup;
import tscollector.testkit.TestContext;

/**
 * From a batch whose counters are deltas to finished requests, which nobody sends. One operation is one scrape of one target. What
 * a point takes on the line is printed at the end of each trial.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DatadogBenchmark {
    @Param({"1000"})
    public int series;

    /** Encoding and compression; zstd comes with this module only. */
    @Param({"PROTOBUF-GZIP", "PROTOBUF-ZSTD", "PROTOBUF-NONE", "JSON-GZIP", "JSON-ZSTD", "JSON-NONE"})
    public String form = "";

    private final Nowhere nowhere = new Nowhere();
    private List<MetricBatch> batches = List.of();
    private SeriesSender sender = sender("PROTOBUF-NONE", new Nowhere());
    private int sends;

    @Setup
    public void build() throws DeliveryException {
        CounterDeltas deltas =
                new CounterDeltas(new TestContext("datadog").build(), DeltaRules.of(DeltaRules.InitialValue.AGENT));
        batches = new ArrayList<>();
        for (MetricGroup group : ScrapedGroups.of(series)) {
            MetricBatch converted = deltas.convert(new MetricBatch(List.of(group)));
            if (converted != null && converted.itemCount() == group.pointCount()) {
                batches.add(converted); // the first scrape has no differences yet
            }
        }
        if (batches.isEmpty()) {
            throw new IllegalStateException("no batch has all its points");
        }
        sender = sender(form, nowhere);
    }

    /** A target whose series are known. */
    @Benchmark
    public void steady() throws DeliveryException, InterruptedException {
        sender.begin(batches.get(sends++ % batches.size())).send(nowhere);
    }

    @TearDown
    public void tell() {
        System.out.printf(
                Locale.ROOT,
                "%n%s: %.1f bytes a point on the line, %.1f before compression%n",
                form,
                (double) nowhere.bytes / nowhere.points,
                (double) nowhere.plainBytes / nowhere.points);
    }

    private static SeriesSender sender(String form, Nowhere nowhere) {
        String[] words = form.split("-", 2);
        nowhere.compression = Compression.valueOf(words[1]);
        MetricsConfig metrics = MetricsConfig.defaults();
        DatadogConfig config = DatadogConfig.defaults();
        return new SeriesSender(
                new TestContext("datadog").build(),
                new DatadogConfig(
                        config.api(),
                        "host-1",
                        null,
                        null,
                        new MetricsConfig(
                                null,
                                MetricsConfig.Encoding.valueOf(words[0]),
                                Duration.ZERO, // the corpus is of 1970
                                metrics.resourceAttributesAsTags(),
                                metrics.inferInterval(),
                                metrics.countAsRate(),
                                metrics.histograms(),
                                metrics.sums(),
                                metrics.summaries(),
                                metrics.retryUnknownSketches()),
                        config.logs(),
                        config.events(),
                        config.apiKeyCheck(),
                        config.seriesTtl(),
                        config.compression(),
                        config.timeout(),
                        config.http(),
                        config.delivery()),
                nowhere,
                new HostNames("host-1"));
    }

    /** Takes everything, keeps nothing. */
    private static final class Nowhere implements Shipment.Post, Progress {
        private Compression compression = Compression.NONE;
        private long points;
        private long bytes;
        private long plainBytes;

        @Override
        public Payload payload(Route route, String contentType, byte[] plain) {
            return compression.payload(contentType, plain);
        }

        @Override
        public void post(Route route, Payload payload) {
            bytes += payload.body().length;
            plainBytes += payload.plainBytes();
        }

        @Override
        public void sent(long items) {
            points += items;
        }

        @Override
        public void dropped(String reason, long items) {
            throw new IllegalStateException(items + " " + reason);
        }
    }
}
