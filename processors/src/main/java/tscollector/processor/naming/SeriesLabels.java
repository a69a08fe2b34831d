package tscollector.processor.naming;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.PointData;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tscollector.signal.Metric;

/**
 * The attributes under which the points of one metric are sent: labels that others lend are added, a bucket's bound gets its name,
 * then the rules are asked.
 *
 * @param attributes of each point, in order; null for those that are left out
 * @param excluded how many points a label's value left out
 * @param infinite how many buckets say no more than the count does
 * @param clashes how many labels keep their exposed name because their new one is taken
 */
record SeriesLabels(List<@Nullable Attributes> attributes, int excluded, int infinite, int clashes) {
    /** The label of a summary's quantiles. */
    static final String QUANTILE = "quantile";

    private static final String BUCKET = "_bucket";
    private static final Set<String> BUCKET_FIXED = Set.of(BucketBounds.LOWER.getKey());

    /**
     * Of a metric.
     *
     * @param part what the metric is of a histogram in parts; else empty
     * @param withInfinite whether buckets stay that say no more than the count does
     */
    static SeriesLabels of(Metric metric, String part, boolean withInfinite, SharedLabels shared, LabelRules rules) {
        boolean bucket = part.equals(BUCKET);
        List<@Nullable Attributes> attributes = new ArrayList<>();
        int excluded = 0;
        int infinite = 0;
        int clashes = 0;
        for (PointData point : metric.data().getPoints()) {
            Attributes labels = shared.addTo(point.getAttributes());
            labels = part.isEmpty() ? labels : BucketBounds.renamed(labels);
            if (bucket && !withInfinite && BucketBounds.isInfinite(point.getAttributes())) {
                infinite++;
                attributes.add(null);
            } else if (rules.drops(labels)) {
                excluded++;
                attributes.add(null);
            } else {
                LabelRules.Relabelled relabelled = rules.apply(labels, bucket ? BUCKET_FIXED : Set.of());
                clashes += relabelled.clashes();
                attributes.add(relabelled.attributes());
            }
        }
        return new SeriesLabels(attributes, excluded, infinite, clashes);
    }

    /** The same without any label: only the server's address is left. */
    List<@Nullable Attributes> addresses() {
        List<@Nullable Attributes> addresses = new ArrayList<>();
        for (Attributes each : attributes) {
            addresses.add(
                    each == null
                            ? null
                            : each.toBuilder()
                                    .removeIf(key -> !key.equals(LabelRules.ADDRESS))
                                    .build());
        }
        return addresses;
    }

    /** The labels of one quantile of summaries, to which the rules apply as to any other. */
    static SeriesLabels ofQuantile(Metric metric, double quantile, SharedLabels shared, LabelRules rules) {
        List<@Nullable Attributes> attributes = new ArrayList<>();
        int excluded = 0;
        for (PointData point : metric.data().getPoints()) {
            Attributes labels = shared.addTo(point.getAttributes()).toBuilder()
                    .put(QUANTILE, written(quantile))
                    .build();
            boolean dropped = rules.drops(labels);
            excluded += dropped ? 1 : 0;
            attributes.add(dropped ? null : rules.apply(labels, Set.of()).attributes());
        }
        return new SeriesLabels(attributes, excluded, 0, 0);
    }

    /** Whether two series have become one. */
    boolean hasEqual() {
        Set<Attributes> seen = new HashSet<>();
        return attributes.stream().anyMatch(each -> each != null && !seen.add(each));
    }

    private static String written(double quantile) {
        return BucketBounds.canonical(String.valueOf(quantile));
    }

    /** The same with the label of a quantile. */
    List<@Nullable Attributes> with(double quantile) {
        List<@Nullable Attributes> labelled = new ArrayList<>();
        for (Attributes each : attributes) {
            labelled.add(
                    each == null
                            ? null
                            : each.toBuilder().put(QUANTILE, written(quantile)).build());
        }
        return labelled;
    }

    /** How many points are left. */
    static int kept(List<? extends @Nullable Attributes> attributes) {
        int kept = 0;
        for (Attributes each : attributes) {
            kept += each == null ? 0 : 1;
        }
        return kept;
    }
}
