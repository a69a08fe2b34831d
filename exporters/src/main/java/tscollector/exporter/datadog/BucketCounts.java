package tscollector.exporter.datadog;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import java.util.ArrayList;
import java.util.List;
import tscollector.kit.text.FloatText;

/**
 * The buckets of one histogram point as counts of their own.
 *
 * @param bounds of the histogram
 * @param attributes by count
 * @param isCumulative whether each count contains all below it, as the Agent's checks have it; then the last bucket, which would
 *     contain everything, is left out
 */
record BucketCounts(List<Double> bounds, List<Attributes> attributes, boolean isCumulative) {
    private static final AttributeKey<String> LOWER = AttributeKey.stringKey("lower_bound");
    private static final AttributeKey<String> UPPER = AttributeKey.stringKey("upper_bound");

    static BucketCounts of(HistogramPointData point, boolean isCumulative) {
        List<Double> bounds = List.copyOf(point.getBoundaries());
        int last = bounds.size();
        List<Attributes> attributes = new ArrayList<>(last + 1);
        for (int i = 0; i < (isCumulative ? last : last + 1); i++) {
            AttributesBuilder each = point.getAttributes().toBuilder();
            if (!isCumulative) {
                each.put(LOWER, FloatText.of(i == 0 ? Double.NEGATIVE_INFINITY : bounds.get(i - 1)));
            }
            each.put(UPPER, FloatText.of(i == last ? Double.POSITIVE_INFINITY : bounds.get(i)));
            attributes.add(each.build());
        }
        return new BucketCounts(bounds, List.copyOf(attributes), isCumulative);
    }

    boolean fits(HistogramPointData point) {
        return point.getBoundaries().equals(bounds);
    }

    /** Adds the counts; false if there are none. */
    boolean add(HistogramPointData point, List<LongPointData> counts) {
        long below = 0;
        for (int i = 0; i < attributes.size(); i++) {
            long count = point.getCounts().get(i);
            below += count;
            counts.add(LongPointData.create(
                    point.getStartEpochNanos(),
                    point.getEpochNanos(),
                    attributes.get(i),
                    isCumulative ? below : count));
        }
        return !attributes.isEmpty();
    }
}
