package tscollector.processor.naming;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.PointData;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tscollector.signal.ExposedType;
import tscollector.signal.Metric;
import tscollector.signal.MetricBatch;
import tscollector.signal.MetricGroup;
import tscollector.signal.PlanCache;

/**
 * Finds in each run the labels that {@code share_labels} lends. Which series lend can depend on their values: as long as the
 * outcome stays, it is the same object. Thread-safe.
 */
final class LabelSharing {
    /** Targets whose labels are remembered. */
    private static final int TARGETS = 10_000;

    private static final SharedLabels UNKNOWN = new SharedLabels(Map.of("", ""), List.of());

    /**
     * One entry of {@code share_labels}.
     *
     * @param labels what is lent; null for all labels
     * @param match the labels that must agree; null to lend to all
     * @param values the values with which a series lends; null for any
     */
    record Source(
            @Nullable Set<String> labels,
            @Nullable Set<String> match,
            @Nullable Set<Double> values) {
        private boolean lends(PointData point) {
            return values == null || values.contains(Numbers.of(point));
        }
    }

    /** A metric that lends, by its place in the group. */
    private record Lender(int metric, Source source) {}

    private final NamingRules rules;
    private final Map<String, Source> sources;
    private final boolean cached;
    private final boolean strict;
    private final PlanCache<List<Lender>> lenders = new PlanCache<>();
    private final Recent<Object, SharedLabels> known = new Recent<>(TARGETS);

    /**
     * By these sources.
     *
     * @param sources by family name
     * @param cached whether the first run of a target decides for all
     * @param strict whether that is so even if nothing was lent in it
     */
    LabelSharing(NamingRules rules, Map<String, Source> sources, boolean cached, boolean strict) {
        this.rules = rules;
        this.sources = Map.copyOf(sources);
        this.cached = cached;
        this.strict = strict;
    }

    /** What is lent in this run. */
    SharedLabels of(MetricBatch batch) {
        if (sources.isEmpty()) {
            return SharedLabels.NONE;
        }
        Object target = Targets.of(batch);
        SharedLabels before = known.getOrDefault(target, UNKNOWN);
        if (cached && !before.equals(UNKNOWN)) {
            return before;
        }
        Collected collected = new Collected();
        boolean exposed = false;
        for (MetricGroup group : batch.groups()) {
            exposed |= group.metrics().get(0).exposedType() != null || (strict && isGoodHealth(group));
            for (Lender lender : lenders.planFor(group, this::lendersOf)) {
                collected.add(group.metrics().get(lender.metric()), lender.source());
            }
        }
        SharedLabels now = collected.finish();
        if (now.equals(before)) {
            return before; // the very object, by which plans are found
        }
        if (exposed && (!cached || strict || !now.isEmpty())) {
            known.put(target, now);
        }
        return now;
    }

    /** Whether the run was a good one, be the answer empty: the official check's first list of what is lent is made of it. */
    private static boolean isGoodHealth(MetricGroup group) {
        return Scopes.isCheck(group.scope())
                && Numbers.of(group.metrics()
                                .get(0)
                                .data()
                                .getPoints()
                                .iterator()
                                .next())
                        == 0;
    }

    private List<Lender> lendersOf(MetricGroup group) {
        List<Lender> found = new ArrayList<>();
        for (int i = 0; i < group.metrics().size(); i++) {
            Metric metric = group.metrics().get(i);
            ExposedType exposed = metric.exposedType();
            Source source = exposed == null ? null : sources.get(rules.familyOf(metric, exposed));
            if (source != null) {
                found.add(new Lender(i, source));
            }
        }
        return List.copyOf(found);
    }

    /** What the series of one run lend. */
    private static final class Collected {
        private final Map<String, String> forAll = new LinkedHashMap<>();
        private final List<SharedLabels.Matching> forSome = new ArrayList<>();

        private void add(Metric metric, Source source) {
            for (PointData point : metric.data().getPoints()) {
                if (!source.lends(point)) {
                    continue;
                }
                Map<String, String> lent = texts(point.getAttributes(), source.labels());
                if (source.match() == null) {
                    forAll.putAll(lent);
                } else {
                    forSome.add(new SharedLabels.Matching(texts(point.getAttributes(), source.match()), lent));
                }
            }
        }

        private SharedLabels finish() {
            return forAll.isEmpty() && forSome.isEmpty() ? SharedLabels.NONE : new SharedLabels(forAll, forSome);
        }

        private static Map<String, String> texts(Attributes attributes, @Nullable Set<String> wanted) {
            Map<String, String> texts = new LinkedHashMap<>();
            attributes.forEach((AttributeKey<?> key, Object value) -> {
                boolean label = !key.equals(LabelRules.ADDRESS) && value instanceof String;
                if (label && (wanted == null || wanted.contains(key.getKey()))) {
                    texts.put(key.getKey(), value.toString());
                }
            });
            return texts;
        }
    }
}
