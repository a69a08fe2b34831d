package tscollector.app.interop;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A source of OTLP requests, one a scrape: series come and go, leave scrapes out, begin again with smaller values, and say when they
 * began or do not. Each point is a metric of its own, and each scrape more than a second after the one before.
 */
final class RandomMetrics {
    /** Kinds of series. */
    enum Kind {
        GAUGE,
        DELTA_SUM,
        UP_DOWN_SUM,
        COUNTER,
        DELTA_HISTOGRAM,
        CUMULATIVE_HISTOGRAM,
        DELTA_EXPONENTIAL,
        CUMULATIVE_EXPONENTIAL,
        SUMMARY
    }

    /** What a series says about its beginning. */
    private enum Start {
        UNKNOWN,
        LONG_AGO,
        TRUE
    }

    private static final List<Start> STARTS = List.of(Start.UNKNOWN, Start.LONG_AGO, Start.TRUE);
    private static final int RESOURCES = 4;
    private static final long SECOND = 1_000_000_000L;
    private static final double[] BOUNDS = {0, 0.005, 0.25, 1, 10, 250, 99_999.5};
    private static final double[] NEGATIVE_BOUNDS = {-250, -0.5, 0, 7};
    private static final List<String> TEXTS = List.of("a", "", "b c", "\u65e5\u672c", "x:y", "1.0");

    private final SplittableRandom random;
    private final List<OneSeries> series = new ArrayList<>();
    private final Set<Kind> silent;
    private final long begin;
    private long now;
    private long before;

    /**
     * A source of random requests.
     *
     * @param begin the time of the first scrape
     * @param silent kinds of series that may begin again without saying so
     */
    RandomMetrics(long seed, Instant begin, Set<Kind> kinds, Set<Kind> silent) {
        this.random = new SplittableRandom(seed);
        this.silent = silent;
        this.begin = begin.getEpochSecond() * SECOND + begin.getNano();
        this.now = this.begin;
        List<Kind> each = List.copyOf(kinds);
        for (int i = 0; i < 6 * each.size(); i++) {
            series.add(new OneSeries(each.get(i % each.size()), i));
        }
    }

    List<ExportMetricsServiceRequest> scrapes(int count) {
        List<ExportMetricsServiceRequest> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            before = now;
            now += SECOND + random.nextLong(20 * SECOND);
            all.add(scrape(i));
        }
        return all;
    }

    private ExportMetricsServiceRequest scrape(int run) {
        ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
        for (int resource = 0; resource < RESOURCES; resource++) {
            ResourceMetrics.Builder metrics = ResourceMetrics.newBuilder();
            metrics.getResourceBuilder()
                    .addAttributes(text("some.attribute", "r" + resource))
                    .addAllAttributes(
                            switch (resource) {
                                case 0 -> List.of(text("host.name", "host-a"), text("host.id", "i-1"));
                                case 1 -> List.of(text("datadog.host.name", "host-b"), text("host.name", "other"));
                                case 2 -> List.of(text("host", "host-c"), text("datadog.host.name", "other"));
                                default -> List.<KeyValue>of();
                            });
            ScopeMetrics.Builder scope = metrics.addScopeMetricsBuilder();
            scope.getScopeBuilder().setName("random");
            for (OneSeries one : series) {
                if (one.resource == resource && run >= one.born && random.nextInt(8) > 0) {
                    one.addTo(scope);
                }
            }
            if (scope.getMetricsCount() > 0) {
                request.addResourceMetrics(metrics);
            }
        }
        return request.build();
    }

    private static KeyValue text(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    private final class OneSeries {
        private final Kind kind;
        private final String name;
        private final int resource = random.nextInt(RESOURCES);
        private final int born = Math.max(0, random.nextInt(8) - 4);
        private final boolean isWhole = random.nextBoolean();
        private final List<KeyValue> attributes = new ArrayList<>();
        private final Start kindOfStart = STARTS.get(random.nextInt(3));
        private final double[] bounds = random.nextBoolean() ? BOUNDS : NEGATIVE_BOUNDS;
        private final long[] buckets = new long[bounds.length + 1];
        private final int scale = random.nextInt(6) - 2;
        private final int offset = random.nextInt(40) - 20;
        private final boolean tellsExtremes = random.nextBoolean();
        private long start;
        private boolean isNew = true;
        private double value;
        private long count;
        private long lastTime;

        OneSeries(Kind kind, int number) {
            this.kind = kind;
            this.name = kind.name().toLowerCase(Locale.ROOT) + "." + number / 3;
            attributes.add(text("n", "" + number));
            attributes.add(text("text", TEXTS.get(random.nextInt(TEXTS.size()))));
            attributes.add(any("int", AnyValue.newBuilder().setIntValue(random.nextInt(2000) - 1000)));
            attributes.add(any("bool", AnyValue.newBuilder().setBoolValue(random.nextBoolean())));
            attributes.add(any("double", AnyValue.newBuilder().setDoubleValue(random.nextInt(40) / 8.0)));
        }

        private KeyValue any(String key, AnyValue.Builder of) {
            return KeyValue.newBuilder().setKey(key).setValue(of).build();
        }

        void addTo(ScopeMetrics.Builder scope) {
            boolean mayHide = silent.contains(kind);
            if (isNew) {
                start = switch (kindOfStart) {
                    case UNKNOWN -> 0;
                    case LONG_AGO -> begin - 3600 * SECOND + 7;
                    case TRUE -> before + random.nextLong(now - before);
                };
            } else if (random.nextInt(6) == 0 && (start > 0 || mayHide)) {
                if (start > 0) {
                    start = lastTime + random.nextLong(now - lastTime);
                }
                value *= random.nextDouble();
                count = count * random.nextInt(3) / 4;
                Arrays.fill(buckets, 0);
            }
            isNew = false;
            Metric.Builder metric = scope.addMetricsBuilder().setName(name);
            switch (kind) {
                case GAUGE -> number(metric.getGaugeBuilder().addDataPointsBuilder(), random.nextDouble() * 100 - 50);
                case DELTA_SUM -> {
                    metric.getSumBuilder()
                            .setIsMonotonic(random.nextBoolean())
                            .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA);
                    number(metric.getSumBuilder().addDataPointsBuilder(), random.nextInt(1000) / 8.0)
                            .setStartTimeUnixNano(now - 15 * SECOND - random.nextLong(SECOND / 10));
                }
                case UP_DOWN_SUM -> {
                    cumulativeSum(metric, false);
                    number(metric.getSumBuilder().addDataPointsBuilder(), random.nextDouble() * 100 - 50);
                }
                case COUNTER -> {
                    cumulativeSum(metric, true);
                    value += random.nextInt(5) == 0 ? 0 : random.nextDouble() * 1000;
                    number(metric.getSumBuilder().addDataPointsBuilder(), value);
                }
                case DELTA_HISTOGRAM -> {
                    Arrays.fill(buckets, 0);
                    histogram(metric, AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA);
                }
                case CUMULATIVE_HISTOGRAM ->
                    histogram(metric, AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
                case DELTA_EXPONENTIAL -> {
                    Arrays.fill(buckets, 0);
                    exponential(metric, AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA);
                }
                case CUMULATIVE_EXPONENTIAL ->
                    exponential(metric, AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
                case SUMMARY -> summary(metric.getSummaryBuilder().addDataPointsBuilder());
            }
            lastTime = now;
        }

        private void cumulativeSum(Metric.Builder metric, boolean monotonic) {
            metric.getSumBuilder()
                    .setIsMonotonic(monotonic)
                    .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
        }

        private NumberDataPoint.Builder number(NumberDataPoint.Builder point, double number) {
            point.setStartTimeUnixNano(start).setTimeUnixNano(now).addAllAttributes(attributes);
            return isWhole ? point.setAsInt((long) number) : point.setAsDouble(number);
        }

        private void histogram(Metric.Builder metric, AggregationTemporality temporality) {
            metric.getHistogramBuilder().setAggregationTemporality(temporality);
            fill(buckets.length);
            HistogramDataPoint.Builder point = metric.getHistogramBuilder()
                    .addDataPointsBuilder()
                    .setStartTimeUnixNano(start)
                    .setTimeUnixNano(now)
                    .addAllAttributes(attributes);
            double sum = 0;
            long total = 0;
            for (int i = 0; i < buckets.length; i++) {
                point.addBucketCounts(buckets[i]);
                total += buckets[i];
                sum += buckets[i] * (i == 0 ? bounds[0] : bounds[i - 1] + 0.001);
            }
            for (double bound : bounds) {
                point.addExplicitBounds(bound);
            }
            point.setCount(total).setSum(sum);
            if (tellsExtremes && total > 0 && temporality == AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA) {
                point.setMin(bounds[0] - 3).setMax(bounds[bounds.length - 1] + 5);
            }
        }

        private void exponential(Metric.Builder metric, AggregationTemporality temporality) {
            metric.getExponentialHistogramBuilder().setAggregationTemporality(temporality);
            fill(buckets.length);
            ExponentialHistogramDataPoint.Builder point = metric.getExponentialHistogramBuilder()
                    .addDataPointsBuilder()
                    .setStartTimeUnixNano(start)
                    .setTimeUnixNano(now)
                    .addAllAttributes(attributes)
                    .setScale(scale)
                    .setZeroCount(buckets[0]);
            point.getPositiveBuilder()
                    .setOffset(offset)
                    .addBucketCounts(buckets[1])
                    .addBucketCounts(buckets[2])
                    .addBucketCounts(buckets[3]);
            long total = buckets[0] + buckets[1] + buckets[2] + buckets[3];
            if (bounds == NEGATIVE_BOUNDS) {
                point.getNegativeBuilder().setOffset(offset + 3).addBucketCounts(buckets[4]);
                total += buckets[4];
            }
            point.setCount(total).setSum(total * 2.5);
        }

        private void fill(int used) {
            for (int i = 0; i < used; i++) {
                buckets[i] += random.nextInt(3) == 0 ? random.nextInt(200) : 0;
            }
        }

        private void summary(SummaryDataPoint.Builder point) {
            count += random.nextInt(50);
            value += random.nextDouble() * 50;
            point.setStartTimeUnixNano(start)
                    .setTimeUnixNano(now)
                    .addAllAttributes(attributes)
                    .setCount(count)
                    .setSum(value);
            Map.of(0.5, 3.0, 0.999, 4.5, 1.0, 5.0, 0.0, -1.0)
                    .forEach((quantile, at) -> point.addQuantileValuesBuilder()
                            .setQuantile(quantile)
                            .setValue(at));
        }
    }
}
