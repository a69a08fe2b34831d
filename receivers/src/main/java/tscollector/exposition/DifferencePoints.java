package tscollector.exposition;

import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.Data;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.SumData;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Buckets as monotonic sums, each without what the one below it holds. */
final class DifferencePoints implements MetricPlan.Points {
    /** One bucket: the lines that say it, and those of the one below it; none for the lowest. */
    static final class Difference {
        private final CumulativeSeries series;
        private final int[] slots;
        private final int[] slotsBelow;

        Difference(CumulativeSeries series, int[] slots, int[] slotsBelow) {
            this.series = series;
            this.slots = slots;
            this.slotsBelow = slotsBelow;
        }

        DoublePointData point(ScrapedValues values) {
            double value = values.sum(slots) - (slotsBelow.length == 0 ? 0 : values.sum(slotsBelow));
            long time = values.time(slots[slots.length - 1]);
            long start = series.startAt(value, time, values.previousNanos());
            return DoublePointData.create(start, time, series.attributes(), value, List.of());
        }
    }

    private final List<Difference> differences;

    DifferencePoints(List<Difference> differences) {
        this.differences = List.copyOf(differences);
    }

    @Override
    public Data<?> data(ScrapedValues values) {
        List<DoublePointData> points = new ArrayList<>(differences.size());
        for (Difference difference : differences) {
            points.add(difference.point(values));
        }
        return SumData.createDoubleSumData(true, AggregationTemporality.CUMULATIVE, points);
    }

    @Override
    public void forEachCumulative(Consumer<CumulativeSeries> visitor) {
        differences.forEach(difference -> visitor.accept(difference.series));
    }
}
