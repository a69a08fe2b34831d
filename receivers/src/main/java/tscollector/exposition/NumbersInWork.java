package tscollector.exposition;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import java.util.LinkedHashMap;
import java.util.Map;

/** A counter, a gauge, or a part of a histogram that is a metric of its own, in work: one number a series, more where the body says a series twice. */
final class NumbersInWork implements PlanInWork {
    private final String name;
    private final Families.Place place;
    private final Map<Attributes, Slots> points = new LinkedHashMap<>();
    private final boolean isCumulative;
    private int samples;

    /** @param isCumulative whether its numbers are those of a counter */
    NumbersInWork(String name, Families.Place place, boolean isCumulative) {
        this.isCumulative = isCumulative;
        this.name = name;
        this.place = place;
    }

    void add(Attributes attributes, int slot) {
        points.computeIfAbsent(attributes, key -> new Slots()).add(slot);
        samples++;
    }

    @Override
    public MetricPlan make(LayoutBuilder builder) {
        builder.leave(LayoutBuilder.DUPLICATE, samples - points.size());
        Attributes[] attributes = points.keySet().toArray(new Attributes[0]);
        int[] last = new int[attributes.length];
        int[][] all = samples == attributes.length ? new int[0][] : new int[attributes.length][];
        int point = 0;
        for (Slots slots : points.values()) {
            if (slots.size() > 1) {
                all[point] = slots.toArray();
            }
            last[point++] = slots.last();
        }
        if (!isCumulative) {
            return new MetricPlan(
                    name, MetricDataType.DOUBLE_GAUGE, place, new GaugePoints(attributes, last, builder.keepsParts()));
        }
        CumulativeSeries[] series = new CumulativeSeries[attributes.length];
        for (int i = 0; i < series.length; i++) {
            series[i] = builder.series(name, attributes[i]);
        }
        return new MetricPlan(name, MetricDataType.DOUBLE_SUM, place, new CounterPoints(series, last, all));
    }
}
