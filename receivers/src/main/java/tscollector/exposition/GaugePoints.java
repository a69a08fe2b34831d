package tscollector.exposition;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.Data;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.GaugeData;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Numbers without a start. Of duplicate series the last one of the body stays. */
final class GaugePoints implements MetricPlan.Points {
    private final Attributes[] attributes; // by point
    private final int[] slots; // by point: the last one that says it

    GaugePoints(Attributes[] attributes, int[] slots) {
        this.attributes = attributes;
        this.slots = slots;
    }

    @Override
    public Data<?> data(ScrapedValues values) {
        DoublePointData[] points = new DoublePointData[slots.length];
        for (int i = 0; i < points.length; i++) {
            points[i] =
                    DoublePointData.create(0, values.time(slots[i]), attributes[i], values.value(slots[i]), List.of());
        }
        return GaugeData.createDoubleGaugeData(Arrays.asList(points));
    }

    @Override
    public void forEachCumulative(Consumer<CumulativeSeries> visitor) {
        // a gauge has no start
    }
}
