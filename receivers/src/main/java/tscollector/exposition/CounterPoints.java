package tscollector.exposition;

import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.Data;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.SumData;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Monotonic sums since a start. Duplicate series are added, with the time of the last one. */
final class CounterPoints implements MetricPlan.Points {
    private final CumulativeSeries[] series; // by point
    private final int[] slots; // by point: the last one that says it
    private final int[] @Nullable []
            duplicates; // by point all of them, null where there is one; empty if none has more

    CounterPoints(CumulativeSeries[] series, int[] slots, int[] @Nullable [] duplicates) {
        this.series = series;
        this.slots = slots;
        this.duplicates = duplicates;
    }

    @Override
    public Data<?> data(ScrapedValues values) {
        DoublePointData[] points = new DoublePointData[slots.length];
        for (int i = 0; i < points.length; i++) {
            int[] all = duplicates.length == 0 ? null : duplicates[i];
            double value = all == null ? values.value(slots[i]) : values.sum(all);
            long time = values.time(slots[i]);
            long start = series[i].startAt(value, time, values.previousNanos());
            points[i] = DoublePointData.create(start, time, series[i].attributes(), value, List.of());
        }
        return SumData.createDoubleSumData(true, AggregationTemporality.CUMULATIVE, Arrays.asList(points));
    }

    @Override
    public void forEachCumulative(Consumer<CumulativeSeries> visitor) {
        for (CumulativeSeries one : series) {
            visitor.accept(one);
        }
    }
}
