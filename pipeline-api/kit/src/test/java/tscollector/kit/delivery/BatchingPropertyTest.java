package tscollector.kit.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.Data;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramBuckets;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramData;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramPointData;
import io.opentelemetry.sdk.metrics.data.GaugeData;
import io.opentelemetry.sdk.metrics.data.HistogramData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.metrics.data.SumData;
import io.opentelemetry.sdk.metrics.data.SummaryData;
import io.opentelemetry.sdk.metrics.data.SummaryPointData;
import io.opentelemetry.sdk.resources.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tscollector.kit.delivery.QueueConfig.BatchConfig;
import tscollector.kit.delivery.QueueConfig.Sizer;
import tscollector.signal.LogBatch;
import tscollector.signal.LogGroup;
import tscollector.signal.LogRecord;
import tscollector.signal.Metric;
import tscollector.signal.MetricBatch;
import tscollector.signal.MetricGroup;
import tscollector.signal.Shape;
import tscollector.testkit.Batches;

/** Random batches through the queue: nothing lost, nothing doubled, order per server kept, instances kept, limits kept. */
class BatchingPropertyTest {
    private static final int ROUNDS = 150;

    private final List<Resource> servers = new ArrayList<>();
    private final List<InstrumentationScopeInfo> scopes =
            List.of(Batches.SCOPE, InstrumentationScopeInfo.create("health"));
    private int series;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 20261123, 4711, -9})
    void metricsComeOutAsTheyWentIn(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 4; i++) {
            servers.add(Resource.create(Batches.attributes("service.instance.id", "host" + i)));
        }
        for (int round = 0; round < ROUNDS; round++) {
            BatchConfig config = batchConfig(random);
            QueueMemory memory = new QueueMemory(Long.MAX_VALUE);
            PendingQueue<MetricBatch> queue =
                    new PendingQueue<>(queueConfig(config), new MetricBatching(), memory, "exporter");
            List<MetricBatch> in = new ArrayList<>();
            List<MetricBatch> out = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                MetricBatch batch = metrics(random);
                in.add(batch);
                queue.add(batch, i);
                if (random.nextInt(4) == 0) {
                    takeAll(queue, out);
                }
            }
            takeAll(queue, out);

            assertThat(out).allSatisfy(batch -> assertThat(batch.itemCount()).isBetween(1, config.effectiveMaxSize()));
            assertThat(pointsPerServer(out)).usingRecursiveComparison().isEqualTo(pointsPerServer(in));
            assertThat(wholeGroups(in, config.effectiveMaxSize()))
                    .as("groups that fit stay the same object, seed %s round %s", seed, round)
                    .allMatch(group -> out.stream()
                            .anyMatch(batch -> batch.groups().stream().anyMatch(g -> g == group)));
            assertThat(queue.usedUnits()).isZero();
            assertThat(memory.used()).isZero();
            assertThat(queue.pendingItems()).isZero();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {2, 77})
    void recordsComeOutAsTheyWentIn(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < ROUNDS; round++) {
            BatchConfig config = batchConfig(random);
            QueueMemory memory = new QueueMemory(Long.MAX_VALUE);
            PendingQueue<LogBatch> queue =
                    new PendingQueue<>(queueConfig(config), new LogBatching(), memory, "exporter");
            List<LogRecord> in = new ArrayList<>();
            List<LogRecord> out = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                LogBatch batch = logs(random);
                batch.groups().forEach(group -> in.addAll(group.records()));
                queue.add(batch, i);
            }
            while (!queue.isEmpty()) {
                PendingQueue.Taken<LogBatch> taken = queue.take();
                assertThat(taken.batch().itemCount()).isBetween(1, config.effectiveMaxSize());
                taken.batch().groups().forEach(group -> out.addAll(group.records()));
                queue.release(taken.claim());
            }

            assertThat(out).as("seed %s round %s", seed, round).hasSameSizeAs(in);
            for (int i = 0; i < in.size(); i++) {
                assertThat(out.get(i)).isSameAs(in.get(i));
            }
            assertThat(queue.usedUnits()).isZero();
            assertThat(memory.used()).isZero();
        }
    }

    private static void takeAll(PendingQueue<MetricBatch> queue, List<MetricBatch> out) {
        while (!queue.isEmpty()) {
            PendingQueue.Taken<MetricBatch> taken = queue.take();
            out.add(taken.batch());
            queue.release(taken.claim());
        }
    }

    /** Every point in order with its metric's name and kind, by the instance of its Resource. */
    private static IdentityHashMap<Resource, List<String>> pointsPerServer(List<MetricBatch> batches) {
        IdentityHashMap<Resource, List<String>> points = new IdentityHashMap<>();
        for (MetricBatch batch : batches) {
            for (MetricGroup group : batch.groups()) {
                for (Metric metric : group.metrics()) {
                    for (PointData point : metric.data().getPoints()) {
                        points.computeIfAbsent(group.resource(), key -> new ArrayList<>())
                                .add(group.scope().getName() + " " + metric.name() + " " + metric.type() + " "
                                        + temporality(metric) + " " + point);
                    }
                }
            }
        }
        return points;
    }

    private static String temporality(Metric metric) {
        return metric.data() instanceof SumData<?> sum ? sum.getAggregationTemporality() + " " + sum.isMonotonic() : "";
    }

    private static List<MetricGroup> wholeGroups(List<MetricBatch> batches, int most) {
        return batches.stream()
                .flatMap(batch -> batch.groups().stream())
                .filter(group -> group.pointCount() <= most)
                .toList();
    }

    private static BatchConfig batchConfig(SplittableRandom random) {
        int min = 1 + random.nextInt(30);
        Integer max = random.nextInt(5) == 0 ? Integer.valueOf(0) : Integer.valueOf(min + random.nextInt(20));
        return new BatchConfig(Duration.ofMillis(200), min, max);
    }

    private static QueueConfig queueConfig(BatchConfig batch) {
        return new QueueConfig(true, 1, 1_000_000L, Sizer.BYTES, batch, false, false);
    }

    private MetricBatch metrics(SplittableRandom random) {
        List<MetricGroup> groups = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            Resource server = servers.get(random.nextInt(servers.size()));
            InstrumentationScopeInfo scope = scopes.get(random.nextInt(scopes.size()));
            List<Metric> metrics = new ArrayList<>();
            int metricCount = 1 + random.nextInt(4);
            for (int m = 0; m < metricCount; m++) {
                MetricDataType[] types = MetricDataType.values();
                MetricDataType type = types[random.nextInt(types.length)];
                metrics.add(new Metric(
                        server, scope, "m" + m, "", "", type, data(type, 1 + random.nextInt(25)), "m" + m, null));
            }
            groups.add(MetricGroup.of(server, scope, metrics, new Shape()));
        }
        return new MetricBatch(groups);
    }

    private Data<?> data(MetricDataType type, int points) {
        AggregationTemporality cumulative = AggregationTemporality.CUMULATIVE;
        return switch (type) {
            case LONG_GAUGE -> GaugeData.createLongGaugeData(list(points, this::longPoint));
            case DOUBLE_GAUGE -> GaugeData.createDoubleGaugeData(list(points, i -> Batches.point(i, next())));
            case LONG_SUM -> SumData.createLongSumData(false, cumulative, list(points, this::longPoint));
            case DOUBLE_SUM ->
                SumData.createDoubleSumData(true, cumulative, list(points, i -> Batches.point(i, next())));
            case SUMMARY ->
                SummaryData.create(list(points, i -> SummaryPointData.create(0, 1, next(), i, i, List.of())));
            case HISTOGRAM ->
                HistogramData.create(
                        cumulative,
                        list(
                                points,
                                i -> HistogramPointData.create(
                                        0, 1, next(), i, false, 0, false, 0, List.of(1.0), List.of(2L, 3L))));
            case EXPONENTIAL_HISTOGRAM -> ExponentialHistogramData.create(cumulative, list(points, i -> exponential()));
        };
    }

    private LongPointData longPoint(int value) {
        return LongPointData.create(0, 1, next(), value);
    }

    private ExponentialHistogramPointData exponential() {
        ExponentialHistogramBuckets buckets = ExponentialHistogramBuckets.create(0, 0, List.of(1L));
        return ExponentialHistogramPointData.create(
                0, 1, 0, false, 0, false, 0, buckets, buckets, 0, 1, next(), List.of());
    }

    /** Makes every point unlike every other. */
    private Attributes next() {
        return Batches.attributes("series", String.valueOf(series++));
    }

    private static <P> List<P> list(int count, IntFunction<P> one) {
        List<P> points = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            points.add(one.apply(i));
        }
        return points;
    }

    private LogBatch logs(SplittableRandom random) {
        Resource server = Resource.create(Batches.attributes("service.instance.id", "host"));
        List<LogRecord> records = new ArrayList<>();
        int count = 1 + random.nextInt(60);
        for (int i = 0; i < count; i++) {
            Value<?> body = i % 3 == 0 ? null : i % 3 == 1 ? Value.of("text") : Value.of(Value.of(1));
            records.add(new LogRecord(server, Batches.SCOPE, i, i, Severity.INFO, body, next(), "e" + i));
        }
        return new LogBatch(List.of(new LogGroup(server, Batches.SCOPE, records)));
    }
}
