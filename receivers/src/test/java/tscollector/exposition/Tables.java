package tscollector.exposition;

import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.metrics.data.SummaryPointData;
import io.opentelemetry.sdk.resources.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import tscollector.config.DataSize;
import tscollector.signal.Metric;
import tscollector.signal.MetricGroup;
import tscollector.torchserve.OfficialConfig;
import tscollector.torchserve.Points;
import tscollector.torchserve.SeriesBudget;

/** A table of one target for tests, and readable forms of what it gives. */
final class Tables {
    static final String ENDPOINT = "http://ts:8082/metrics";
    static final InstrumentationScopeInfo SCOPE = InstrumentationScopeInfo.create("test");
    static final Resource RESOURCE = Resource.empty();
    static final ExpositionLimits LIMITS = new ExpositionLimits(100_000, 64, DataSize.ofMebibytes(1));

    private final SeriesTable table;
    private long nowNanos;

    Tables() {
        this(LIMITS);
    }

    Tables(ExpositionLimits limits) {
        this(limits, new SeriesBudget(Long.MAX_VALUE));
    }

    Tables(ExpositionLimits limits, SeriesBudget budget) {
        this(ExpositionOptions.of(limits, OfficialConfig.defaults()), budget);
    }

    Tables(ExpositionOptions options, SeriesBudget budget) {
        table = new SeriesTable(options, SCOPE, ENDPOINT, new LabelPool(), budget);
    }

    /** Reads the body as the scrape of second 1, 2, 3, ... */
    Reading read(byte[] body) {
        return read(body, RESOURCE);
    }

    Reading read(byte[] body, Resource resource) {
        nowNanos += 1_000_000_000L;
        return table.read(body, null, resource, nowNanos);
    }

    MetricGroup group(String... lines) {
        return Objects.requireNonNull(read(Bodies.of(lines)).group());
    }

    /** Time passes without a good scrape. */
    void skipScrape() {
        nowNanos += 1_000_000_000L;
    }

    /** Somebody sets the clock back. */
    void setClockBack(int seconds) {
        nowNanos -= seconds * 1_000_000_000L;
    }

    SeriesTable table() {
        return table;
    }

    /** All points as {@code name{labels} value}, without the address. */
    static List<String> points(MetricGroup group) {
        return lines(group, false);
    }

    /** The same with {@code start-time} in seconds in front of the value. */
    static List<String> timedPoints(MetricGroup group) {
        return lines(group, true);
    }

    private static List<String> lines(MetricGroup group, boolean timed) {
        List<String> lines = new ArrayList<>();
        for (Metric metric : group.metrics()) {
            for (PointData point : metric.data().getPoints()) {
                String time =
                        timed ? seconds(point.getStartEpochNanos()) + "-" + seconds(point.getEpochNanos()) + " " : "";
                lines.add(metric.name() + labels(point) + " " + time + value(point));
            }
        }
        return lines;
    }

    private static String labels(PointData point) {
        String text = Points.text(
                point.getAttributes().toBuilder().remove(SampleReader.ENDPOINT).build());
        return text.equals("{}") ? "" : text;
    }

    private static String seconds(long nanos) {
        return nanos % 1_000_000_000L == 0 ? "" + nanos / 1_000_000_000L : "" + nanos / 1e9;
    }

    private static String value(PointData point) {
        if (point instanceof DoublePointData number) {
            return "" + number.getValue();
        }
        if (point instanceof HistogramPointData histogram) {
            return "count=" + histogram.getCount() + " sum=" + histogram.getSum() + " " + histogram.getBoundaries()
                    + histogram.getCounts();
        }
        SummaryPointData summary = (SummaryPointData) point;
        return "count=" + summary.getCount() + " sum=" + summary.getSum() + " "
                + summary.getValues().stream()
                        .map(at -> at.getQuantile() + ":" + at.getValue())
                        .collect(Collectors.joining(" "));
    }

    /** The group's metrics as {@code name type unit family exposedType}. */
    static List<String> heads(MetricGroup group) {
        return group.metrics().stream()
                .map(metric -> metric.name() + " " + metric.type() + " '" + metric.unit() + "' " + metric.family() + " "
                        + metric.exposedType())
                .toList();
    }
}
