package tscollector.exporter.datadog;

import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramPointData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.PointData;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tscollector.component.BuildContext;
import tscollector.consumer.DeliveryException;
import tscollector.exporter.datadog.GroupPlan.MetricPlan;
import tscollector.kit.delivery.Progress;
import tscollector.kit.delivery.StepwiseSender;
import tscollector.signal.Metric;
import tscollector.signal.MetricGroup;

/**
 * One batch of metrics on its way: sorted into checks, series and sketches, which go to the intake apart from each other. One thread at a
 * time.
 */
final class MetricSteps implements StepwiseSender.Steps {
    private static final Set<Route> ADDED_UP = Set.of(Route.SERIES, Route.SKETCHES);
    private static final String EMPTY = "empty histograms";
    private static final String NO_INTERVAL = "counts whose interval is not known";

    private final BuildContext context;
    private final SeriesCargo series;
    private final DatedCargo<byte[]> sketches;
    private final DatedCargo<Integer> checks;
    private final Shipments shipments;
    private final Map<String, Long> losses = new LinkedHashMap<>(); // not told yet
    private long emptyHistograms; // not told yet
    private long withoutInterval; // not told yet

    MetricSteps(
            BuildContext context,
            Shipment.Post post,
            SpareBuffer buffers,
            SeriesCargo series,
            DatedCargo<byte[]> sketches,
            DatedCargo<Integer> checks) {
        this.context = context;
        this.series = series;
        this.sketches = sketches;
        this.checks = checks;
        this.shipments = new Shipments(
                context,
                "metrics",
                buffers,
                List.of(
                        new Shipment(Route.CHECK_RUN, checks, post), // first: they are the first to become too old
                        new Shipment(Route.SERIES, series, post),
                        new Shipment(Route.SKETCHES, sketches, post)));
    }

    /** Takes the points of a group; only before the first try. */
    void add(MetricGroup group, GroupPlan plan) {
        for (int i = 0; i < plan.metrics().size(); i++) {
            Metric metric = group.metrics().get(i);
            MetricPlan of = plan.metrics().get(i);
            if (of.loss() != null) {
                lose(of.loss(), metric.pointCount());
                continue;
            }
            int point = 0;
            for (PointData data : metric.data().getPoints()) {
                add(data, of, of.series().get(point++));
            }
        }
    }

    private void add(PointData point, MetricPlan of, Series to) {
        long second = Math.floorDiv(point.getEpochNanos(), 1_000_000_000L);
        if (of.treatment() == GroupPlan.Treatment.SKETCH) {
            addSketch(point, to, second);
            return;
        }
        double value = point instanceof DoublePointData number
                ? number.getValue()
                : (double) ((LongPointData) point).getValue();
        if (!Double.isFinite(value)) {
            lose(PointLosses.NOT_A_NUMBER, 1);
            return;
        }
        switch (of.treatment()) {
            case COUNT -> addCount(point, of, to, second, value);
            case GAUGE -> series.add(to, 0, second, value);
            case CHECK -> addCheck(to, second, value);
            case SKETCH, LOST -> throw new IllegalStateException("no number");
        }
    }

    private void addCount(PointData point, MetricPlan of, Series to, long second, double value) {
        if (value < 0) {
            lose(PointLosses.NEGATIVE_COUNT, 1);
            return;
        }
        long interval = of.hasIntervals() ? interval(point, to) : 0;
        withoutInterval += of.hasIntervals() && interval == 0 ? 1 : 0;
        series.add(to, interval, second, value);
    }

    /** Rates are exact over any whole number of seconds, and a series that is one now and then is of no use to anybody. */
    private static long interval(PointData point, Series to) {
        return to.type() == SeriesFormat.RATE
                ? Interval.rounded(point.getStartEpochNanos(), point.getEpochNanos())
                : Interval.inferred(point.getStartEpochNanos(), point.getEpochNanos());
    }

    private void addCheck(Series to, long second, double value) {
        if (value != Math.rint(value) || value < 0 || value > 3) {
            lose(PointLosses.NO_STATUS, 1);
        } else if (value == 3 && to.isOwnHealth()) {
            lose(PointLosses.NOT_ASKED_YET, 1);
        } else {
            checks.add(to, (int) value, second);
        }
    }

    private void addSketch(PointData point, Series to, long second) {
        WireBuffer sketch = point instanceof HistogramPointData histogram
                ? Sketches.of(histogram, second)
                : Sketches.of((ExponentialHistogramPointData) point, second);
        if (sketch == null) {
            emptyHistograms++;
        } else {
            sketches.add(to, SketchForm.item(sketch), second);
        }
    }

    /** Check runs do not count: only counters and distributions add up. */
    @Override
    public boolean isUntaken() {
        return shipments.isUntaken(ADDED_UP);
    }

    private void lose(String reason, long points) {
        losses.merge(reason, points, Long::sum);
    }

    @Override
    public void send(Progress progress) throws DeliveryException, InterruptedException {
        losses.forEach(progress::dropped);
        losses.clear();
        if (emptyHistograms > 0) {
            progress.sent(emptyHistograms); // there is nothing to be said about them
            context.telemetry().count(EMPTY, emptyHistograms);
            emptyHistograms = 0;
        }
        if (withoutInterval > 0) {
            context.telemetry().count(NO_INTERVAL, withoutInterval);
            withoutInterval = 0;
        }
        shipments.send(progress);
    }
}
