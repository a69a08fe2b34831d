package tscollector.exposition;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tscollector.kit.text.FloatText;

/**
 * The buckets of a histogram in work that are to hold what lies between two bounds. They may come in any order; each has the next
 * lower bound as an attribute, the lowest 0, or minus infinity if it ends at 0 or below.
 */
final class DifferencesInWork implements PlanInWork {
    static final AttributeKey<String> LOWER_BOUND = AttributeKey.stringKey("lower_bound");

    /** One bucket's lines: more than one if the body says it twice. */
    private record Bucket(Attributes attributes, Slots slots) {}

    private final String name;
    private final Families.Place place;
    private final Map<Attributes, TreeMap<Double, Bucket>> series = new LinkedHashMap<>();
    private int samples;

    DifferencesInWork(String name, Families.Place place) {
        this.name = name;
        this.place = place;
    }

    /**
     * Adds one bucket.
     *
     * @param histogram the attributes of its histogram
     * @param attributes its own: with {@code le} as exposed
     * @param upperBound what {@code le} says
     */
    void addBucket(Attributes histogram, Attributes attributes, double upperBound, int slot) {
        samples++;
        series.computeIfAbsent(histogram, key -> new TreeMap<>())
                .computeIfAbsent(upperBound == 0 ? 0.0 : upperBound, key -> new Bucket(attributes, new Slots()))
                .slots()
                .add(slot);
    }

    @Override
    public MetricPlan make(LayoutBuilder builder) {
        List<DifferencePoints.Difference> differences = new ArrayList<>();
        series.values().forEach(buckets -> {
            @Nullable Double below = null;
            int[] slotsBelow = {};
            for (Map.Entry<Double, Bucket> entry : buckets.entrySet()) {
                double upper = entry.getKey();
                Bucket bucket = entry.getValue();
                double lower = below != null ? below : upper > 0 ? 0 : Double.NEGATIVE_INFINITY;
                Attributes attributes = bucket.attributes().toBuilder()
                        .put(LOWER_BOUND, FloatText.of(lower))
                        .build();
                int[] slots = bucket.slots().toArray();
                differences.add(new DifferencePoints.Difference(builder.series(name, attributes), slots, slotsBelow));
                below = upper;
                slotsBelow = slots;
            }
        });
        builder.leave(LayoutBuilder.DUPLICATE, samples - differences.size());
        return new MetricPlan(name, MetricDataType.DOUBLE_SUM, place, new DifferencePoints(differences));
    }
}
