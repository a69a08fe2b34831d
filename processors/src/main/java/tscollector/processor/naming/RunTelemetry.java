package tscollector.processor.naming;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.Data;
import io.opentelemetry.sdk.metrics.data.GaugeData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.metrics.data.SumData;
import io.opentelemetry.sdk.metrics.data.SummaryPointData;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tscollector.signal.Metric;
import tscollector.signal.MetricBatch;
import tscollector.signal.MetricGroup;
import tscollector.signal.MetricSpec;
import tscollector.signal.PlanCache;
import tscollector.signal.Shape;

/**
 * The official check's metrics about a run itself: how much was read, left out and used. Counts are those of the run, as sums with
 * delta temporality. Thread-safe.
 */
final class RunTelemetry {
    private static final String PREFIX = OfficialMetric.PREFIX + "telemetry.";
    private static final String SOURCE = "each scrape, with telemetry: true";

    private static final MetricSpec PAYLOAD = new MetricSpec(
            PREFIX + "payload.size", "By", MetricSpec.Kind.GAUGE, "Size of the answer.", List.of(), SOURCE);
    private static final MetricSpec INPUT = count("metrics.input.count", "Samples that were read.");
    private static final MetricSpec IGNORED = count("metrics.ignored.count", "Samples of families that are excluded.");
    private static final MetricSpec PROCESSED =
            count("metrics.processed.count", "Samples of families that are listed.");
    private static final MetricSpec FILTERED = count("metrics.blacklist.count", "Lines that were left out unread.");

    private static final String UP = "up";
    private static final String BODY_SIZE = "scrape_body_size_bytes";
    private static final String SAMPLES = "scrape_samples_scraped";
    /** Shorter ones declare nothing. */
    private static final long SHORTEST_DECLARATION = 9;

    private static final String LINES_FILTERED = "scrape_lines_filtered";

    private final NamePatterns patterns;
    private final long startNanos;
    private final PlanCache<Recent<List<MetricSpec>, Series>> series = new PlanCache<>();

    /**
     * By these patterns.
     *
     * @param startNanos since when the first run of a target counts
     */
    RunTelemetry(NamePatterns patterns, long startNanos) {
        this.patterns = patterns;
        this.startNanos = startNanos;
    }

    /** The declarations, for the reference page. */
    static List<MetricSpec> specs() {
        return List.of(PAYLOAD, INPUT, IGNORED, PROCESSED, FILTERED);
    }

    /** What is sent of one target: as long as it is the same, so are shape and attributes. */
    private static final class Series {
        private final Shape shape = new Shape();
        private final Attributes attributes;
        private long lastNanos; // guarded by this

        private Series(Attributes attributes, long startNanos) {
            this.attributes = attributes;
            this.lastNanos = startNanos;
        }

        /** The time of the run before. */
        private synchronized long advance(long nowNanos) {
            long before = Math.min(lastNanos, nowNanos - 1);
            lastNanos = nowNanos;
            return before;
        }
    }

    /** A metric and its number in this run. */
    private record Value(MetricSpec spec, long number) {}

    /** The metrics about this run; null if it did not work. */
    @Nullable
    MetricGroup of(MetricBatch batch, NamingPlan.Tally tally) {
        MetricGroup scrape = null;
        MetricGroup samples = null;
        for (MetricGroup group : batch.groups()) {
            if (Scopes.isScrape(group.scope())) {
                scrape = group;
            } else if (samples == null && group.metrics().get(0).exposedType() != null) {
                samples = group;
            }
        }
        if (samples == null && (scrape == null || !works(scrape))) {
            return null;
        }
        List<Value> values = values(scrape, tally);
        MetricGroup any = samples == null ? scrape : samples;
        return values.isEmpty() || any == null ? null : group(scrape == null ? any : scrape, any, values);
    }

    private List<Value> values(@Nullable MetricGroup scrape, NamingPlan.Tally tally) {
        List<Value> values = new ArrayList<>();
        Long size = scrape == null ? null : number(scrape, BODY_SIZE);
        Long lines = scrape == null ? null : number(scrape, LINES_FILTERED);
        if (size != null) {
            values.add(new Value(PAYLOAD, size));
        }
        Long read = scrape == null ? null : number(scrape, SAMPLES); // those included that are no points
        long input = read == null ? tally.input() : read;
        if (input > 0 || (read != null && size != null && size >= SHORTEST_DECLARATION)) {
            values.add(new Value(INPUT, input)); // 0 of families that are only declared
        }
        if (tally.ignored() > 0) {
            values.add(new Value(IGNORED, tally.ignored()));
        }
        if (tally.processed() > 0) {
            values.add(new Value(PROCESSED, tally.processed()));
        }
        if (lines != null && lines > 0) {
            values.add(new Value(FILTERED, lines));
        }
        values.removeIf(value -> !patterns.passes(value.spec().name()));
        return values;
    }

    private MetricGroup group(MetricGroup carrier, MetricGroup samples, List<Value> values) {
        PointData any = carrier.metrics().get(0).data().getPoints().iterator().next();
        List<MetricSpec> specs = values.stream().map(Value::spec).toList();
        Series own = series.planFor(carrier, first -> new Recent<>(4))
                .get(specs, () -> new Series(address(any.getAttributes()), startNanos));
        long start = own.advance(any.getEpochNanos());
        List<Metric> metrics = new ArrayList<>();
        for (Value value : values) {
            boolean gauge = value.spec().kind() == MetricSpec.Kind.GAUGE;
            List<LongPointData> points =
                    List.of(LongPointData.create(start, any.getEpochNanos(), own.attributes, value.number()));
            Data<?> data = gauge
                    ? GaugeData.createLongGaugeData(points)
                    : SumData.createLongSumData(true, AggregationTemporality.DELTA, points);
            MetricDataType type = gauge ? MetricDataType.LONG_GAUGE : MetricDataType.LONG_SUM;
            metrics.add(Metric.of(samples.resource(), samples.scope(), value.spec(), type, data));
        }
        return MetricGroup.of(samples.resource(), samples.scope(), metrics, own.shape);
    }

    private static Attributes address(Attributes attributes) {
        return attributes.toBuilder()
                .removeIf(key -> !key.equals(LabelRules.ADDRESS))
                .build();
    }

    /** Whether the API answered as it should, be it with nothing. */
    private static boolean works(MetricGroup scrape) {
        Long up = number(scrape, UP);
        return up != null && up == 1;
    }

    /** How many lines of an exposition a metric stands for. */
    static int samples(Metric metric) {
        int samples = 0;
        for (PointData point : metric.data().getPoints()) {
            if (point instanceof SummaryPointData summary) {
                samples += summary.getValues().size() + 2;
            } else if (point instanceof HistogramPointData histogram) {
                samples += histogram.getCounts().size() + 2;
            } else {
                samples++;
            }
        }
        return samples;
    }

    /** How many values are none. */
    static int notFinite(Metric metric) {
        int none = 0;
        for (PointData point : metric.data().getPoints()) {
            none += Numbers.isFinite(point) ? 0 : 1;
        }
        return none;
    }

    private static @Nullable Long number(MetricGroup group, String name) {
        for (Metric metric : group.metrics()) {
            if (metric.name().equals(name)) {
                return (long) Numbers.of(metric.data().getPoints().iterator().next());
            }
        }
        return null;
    }

    private static MetricSpec count(String name, String description) {
        return new MetricSpec(PREFIX + name, "1", MetricSpec.Kind.COUNTER, description, List.of(), SOURCE);
    }
}
