package tscollector.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One family of the metrics page with its series, written as simpleclient 0.9.0 does. Guarded by the registry's lock.
 *
 * <p>The map of series has the type that simpleclient uses, so that the order of series comes out as on a real server.
 */
final class MetricFamily {
    private static final double[] BOUNDS = {
        0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, Double.POSITIVE_INFINITY
    };

    private final MetricKind kind;
    private final String name;
    private final String unit;
    private final List<String> labels;
    private final Map<List<String>, Series> children = new ConcurrentHashMap<>();

    MetricFamily(MetricKind kind, String name, String unit, List<String> labels) {
        this.kind = kind;
        this.name = name;
        this.unit = unit;
        this.labels = List.copyOf(labels);
    }

    String name() {
        return name;
    }

    /** Adds to a counter, sets a gauge, observes in a histogram. */
    void update(List<String> labelValues, double value) {
        if (labelValues.size() != labels.size()) {
            throw new IllegalArgumentException("cannot update " + name + ": needs values for " + labels);
        }
        Series series = children.computeIfAbsent(List.copyOf(labelValues), absent -> new Series());
        switch (kind) {
            case COUNTER -> series.sum += value;
            case GAUGE -> series.sum = value;
            case HISTOGRAM -> series.observe(value);
        }
    }

    double value(List<String> labelValues) {
        Series series = children.get(labelValues);
        return series == null ? 0 : series.sum;
    }

    void clear() {
        children.clear();
    }

    /** Appends the family; with names, only samples of these names, and nothing at all when there is none. */
    void write(StringBuilder out, Set<String> names) {
        int start = out.length();
        String help = "Torchserve prometheus " + kind.word() + " metric with unit: " + unit;
        out.append("# HELP ").append(name).append(' ').append(help).append('\n');
        out.append("# TYPE ").append(name).append(' ').append(kind.word()).append('\n');
        int head = out.length();
        for (Map.Entry<List<String>, Series> child : children.entrySet()) {
            if (kind == MetricKind.HISTOGRAM) {
                writeHistogram(out, names, child.getKey(), child.getValue());
            } else {
                sample(out, names, name, labels, child.getKey(), child.getValue().sum);
            }
        }
        if (!names.isEmpty() && out.length() == head) {
            out.setLength(start);
        }
    }

    private void writeHistogram(StringBuilder out, Set<String> names, List<String> values, Series series) {
        List<String> bucketLabels = with(labels, "le");
        for (int i = 0; i < BOUNDS.length; i++) {
            sample(out, names, name + "_bucket", bucketLabels, with(values, text(BOUNDS[i])), series.buckets[i]);
        }
        sample(out, names, name + "_count", labels, values, series.buckets[BOUNDS.length - 1]);
        sample(out, names, name + "_sum", labels, values, series.sum);
    }

    private static void sample(
            StringBuilder out, Set<String> names, String name, List<String> labels, List<String> values, double value) {
        if (!names.isEmpty() && !names.contains(name)) {
            return;
        }
        out.append(name);
        if (!labels.isEmpty()) {
            out.append('{');
            for (int i = 0; i < labels.size(); i++) {
                out.append(labels.get(i)).append("=\"");
                escape(out, values.get(i));
                out.append("\",");
            }
            out.append('}');
        }
        out.append(' ').append(text(value)).append('\n');
    }

    private static void escape(StringBuilder out, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> out.append("\\\\");
                case '"' -> out.append("\\\"");
                case '\n' -> out.append("\\n");
                default -> out.append(c);
            }
        }
    }

    private static String text(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        return Double.toString(value);
    }

    private static List<String> with(List<String> list, String last) {
        List<String> longer = new ArrayList<>(list);
        longer.add(last);
        return longer;
    }

    /** One child: a value, or the sum and cumulative buckets of a histogram. */
    private static final class Series {
        private double sum;
        private final double[] buckets = new double[BOUNDS.length];

        void observe(double value) {
            sum += value;
            for (int i = 0; i < BOUNDS.length; i++) {
                if (value <= BOUNDS[i]) {
                    buckets[i]++;
                }
            }
        }
    }
}
