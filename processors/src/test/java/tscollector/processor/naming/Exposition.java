package tscollector.processor.naming;

import static tscollector.testkit.Batches.TIME;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.Data;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.GaugeData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.metrics.data.SumData;
import io.opentelemetry.sdk.metrics.data.SummaryData;
import io.opentelemetry.sdk.metrics.data.SummaryPointData;
import io.opentelemetry.sdk.metrics.data.ValueAtQuantile;
import io.opentelemetry.sdk.resources.Resource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tscollector.signal.ExposedType;
import tscollector.signal.Metric;
import tscollector.signal.MetricBatch;
import tscollector.signal.MetricGroup;
import tscollector.signal.Shape;
import tscollector.testkit.Batches;

/**
 * Well-formed text 0.0.4 as the strict receiver with expanded histograms hands it on: a TYPE line counts for the lines of its
 * family that follow it, and what is not a number is left out.
 */
final class Exposition {
    private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (\\S+)");
    private static final Pattern SAMPLE = Pattern.compile("([^\\s{#]+)\\s*(?:\\{(.*)\\})?\\s+(\\S+)(?:\\s+\\d+)?\\s*");
    private static final Pattern LABEL = Pattern.compile("\\s*([^\\s=,]+)\\s*=\\s*\"((?:[^\"\\\\]|\\\\.)*)\"\\s*,?");

    /** One metric in work. */
    private record Family(String name, String family, ExposedType type, Map<Attributes, List<double[]>> points) {}

    private final Resource target;
    private final Map<String, Attributes> pool = new HashMap<>();
    private final Map<List<Object>, Shape> shapes = new HashMap<>();
    private final Map<String, Family> families = new LinkedHashMap<>();
    private String family = "";
    private ExposedType type = ExposedType.UNTYPED;

    /** One target, whose runs have one shape as long as the series are the same. */
    Exposition() {
        this("ts-host:8080");
    }

    Exposition(String instance) {
        this.target = Resource.create(Batches.attributes("service.instance.id", instance));
    }

    /** One run, {@code run} times 15 s after the first. */
    MetricBatch run(int run, String text) {
        return new MetricBatch(List.of(group(run, text)));
    }

    MetricGroup group(int run, String text) {
        families.clear();
        family = "";
        type = ExposedType.UNTYPED;
        text.lines().forEach(this::read);
        long now = TIME + run * 15_000_000_000L;
        List<Metric> metrics = new ArrayList<>();
        List<Object> series = new ArrayList<>();
        families.values().forEach(each -> {
            metrics.add(metric(each, now));
            series.add(each.name() + each.type() + each.points().keySet());
        });
        return MetricGroup.of(target, Batches.SCOPE, metrics, shapes.computeIfAbsent(series, key -> new Shape()));
    }

    private void read(String line) {
        Matcher declared = TYPE.matcher(line);
        if (declared.matches()) {
            family = declared.group(1);
            type = ExposedType.valueOf(declared.group(2).toUpperCase(Locale.ROOT));
            return;
        }
        Matcher sample = SAMPLE.matcher(line);
        if (line.startsWith("#") || !sample.matches()) {
            return;
        }
        String name = sample.group(1);
        if (!belongs(name)) {
            family = name;
            type = ExposedType.UNTYPED;
        }
        double value = number(sample.group(3));
        if (!Double.isNaN(value) && !Double.isInfinite(value)) {
            add(name, labels(sample.group(2)), value);
        }
    }

    private boolean belongs(String name) {
        String part = name.startsWith(family) ? name.substring(family.length()) : "no";
        return switch (type) {
            case HISTOGRAM -> List.of("_bucket", "_sum", "_count").contains(part);
            case SUMMARY -> List.of("", "_sum", "_count").contains(part);
            default -> part.isEmpty();
        };
    }

    private void add(String name, Attributes labels, double value) {
        if (type != ExposedType.SUMMARY) {
            points(name)
                    .points()
                    .computeIfAbsent(labels, key -> new ArrayList<>())
                    .add(new double[] {value});
            return;
        }
        AttributeKey<String> quantile = AttributeKey.stringKey("quantile");
        String at = labels.get(quantile);
        Attributes bare = labels.toBuilder().remove(quantile).build();
        Attributes series = pool.computeIfAbsent(bare.toString(), key -> bare);
        double kind = at != null ? Double.parseDouble(at) : name.endsWith("_sum") ? -1 : -2;
        points(family)
                .points()
                .computeIfAbsent(series, key -> new ArrayList<>())
                .add(new double[] {kind, value});
    }

    private Family points(String name) {
        String own = family;
        ExposedType declared = type;
        return families.computeIfAbsent(
                name + ' ' + declared, key -> new Family(name, own, declared, new LinkedHashMap<>()));
    }

    private Metric metric(Family each, long now) {
        boolean summary = each.type() == ExposedType.SUMMARY;
        boolean counter = each.type() == ExposedType.COUNTER || each.type() == ExposedType.HISTOGRAM;
        List<PointData> points = new ArrayList<>();
        each.points()
                .forEach((labels, values) -> points.add(
                        summary
                                ? summary(now, labels, values)
                                : DoublePointData.create(
                                        TIME - 1, now, labels, values.get(values.size() - 1)[0], List.of())));
        MetricDataType type =
                summary ? MetricDataType.SUMMARY : counter ? MetricDataType.DOUBLE_SUM : MetricDataType.DOUBLE_GAUGE;
        return new Metric(
                target, Batches.SCOPE, each.name(), "", "", type, data(type, points), each.family(), each.type());
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Data<?> data(MetricDataType type, List<PointData> points) {
        return switch (type) {
            case SUMMARY -> SummaryData.create((List) points);
            case DOUBLE_SUM -> SumData.createDoubleSumData(true, AggregationTemporality.CUMULATIVE, (List) points);
            default -> GaugeData.createDoubleGaugeData((List) points);
        };
    }

    /** A sum that was not exposed is NaN. */
    private static SummaryPointData summary(long now, Attributes labels, List<double[]> values) {
        double sum = Double.NaN;
        long count = 0;
        List<ValueAtQuantile> quantiles = new ArrayList<>();
        for (double[] value : values) {
            if (value[0] == -1) {
                sum = value[1];
            } else if (value[0] == -2) {
                count = (long) value[1];
            } else {
                quantiles.add(ValueAtQuantile.create(value[0], value[1]));
            }
        }
        return SummaryPointData.create(TIME - 1, now, labels, count, sum, quantiles);
    }

    private Attributes labels(@Nullable String written) {
        AttributesBuilder labels = Attributes.builder();
        Matcher label = LABEL.matcher(written == null ? "" : written);
        while (label.find()) {
            String value = label.group(2)
                    .replace("\\\\", "\0")
                    .replace("\\n", "\n")
                    .replace("\\\"", "\"")
                    .replace('\0', '\\');
            labels.put(label.group(1), value);
        }
        Attributes made = labels.put("endpoint", "http://ts-host:8082/metrics").build();
        return pool.computeIfAbsent(made.toString(), key -> made);
    }

    private static double number(String text) {
        return switch (text) {
            case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }
}
