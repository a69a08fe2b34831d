package tscollector.exposition;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.Data;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.GaugeData;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Numbers without a start, or with that of a counter that would be new: for those that an entry calls counters though the server
 * does not. Of duplicate series the last one of the body stays.
 */
final class GaugePoints implements MetricPlan.Points {
    private final Attributes[] attributes; // by point
    private final int[] slots; // by point: the last one that says it
    private final boolean hasStarts;

    GaugePoints(Attributes[] attributes, int[] slots, boolean hasStarts) {
        this.hasStarts = hasStarts;
        this.attributes = attributes;
        this.slots = slots;
    }

    @Override
    public Data<?> data(ScrapedValues values) {
        DoublePointData[] points = new DoublePointData[slots.length];
        for (int i = 0; i < points.length; i++) {
            long time = values.time(slots[i]);
            long start = hasStarts ? Math.min(values.previousNanos(), time) : 0;
            points[i] = DoublePointData.create(start, time, attributes[i], values.value(slots[i]), List.of());
        }
        return GaugeData.createDoubleGaugeData(Arrays.asList(points));
    }

    @Override
    public void forEachCumulative(Consumer<CumulativeSeries> visitor) {
        // a gauge has no start
    }
}
