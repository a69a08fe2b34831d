package tscollector.processor.naming;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.metrics.data.SummaryPointData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tscollector.reshape.GroupPlan;
import tscollector.reshape.PointChange;
import tscollector.reshape.Target;
import tscollector.signal.ExposedType;
import tscollector.signal.Metric;
import tscollector.signal.MetricGroup;

/** Makes the plan for the groups of one shape. */
final class PlanDraft {
    /** The reason for points of metrics that nobody lists; each name has a count of its own that begins so. */
    static final String NOT_LISTED = "not listed";
    /** The reason for points that cannot be sent as the type of their entry says, or have no type at all. */
    static final String NO_TYPE = "no usable type";
    /** The reason for points whose metric has the name of one of another kind. */
    static final String TWO_KINDS = "two kinds under one name";
    /** The reason for points of families in {@code exclude_metrics}. */
    static final String EXCLUDED = "excluded metric";
    /** The reason for points whose labels {@code exclude_metrics_by_labels} names. */
    static final String EXCLUDED_BY_LABEL = "excluded by a label";
    /** The reason for points whose full name {@code metric_patterns} leaves out. */
    static final String PATTERN = "excluded by metric_patterns";
    /** The reason for points beyond {@code max_returned_metrics}. */
    static final String LIMIT = "over max_returned_metrics";
    /** Counts labels that keep their exposed name because their new one is taken. */
    static final String LABEL_CLASH = "labels not renamed";
    /** Counts buckets that say no more than the count does. */
    static final String INFINITE = "infinite buckets left out";

    /** What begins so has its official name already, whatever made it. */
    private static final String OFFICIAL_NAMESPACE = "torchserve.";

    private static final String BUCKET = "_bucket";
    private static final Set<String> BUCKET_FIXED = Set.of(BucketBounds.LOWER.getKey());

    private final MetricGroup group;
    private final Naming naming;
    private final NamingPlan.Situation situation;
    private final Map<String, Integer> dropped = new TreeMap<>();
    private final Map<String, Integer> counted = new TreeMap<>();
    private final List<String> notListed = new ArrayList<>();
    private final List<Planned> planned = new ArrayList<>();
    private int input;
    private int ignored;
    private int processed;

    private PlanDraft(MetricGroup group, Naming naming, NamingPlan.Situation situation) {
        this.group = group;
        this.naming = naming;
        this.situation = situation;
    }

    /** The plan for a group's shape. */
    static NamingPlan planFor(MetricGroup group, Naming naming, NamingPlan.Situation situation) {
        PlanDraft draft = new PlanDraft(group, naming, situation);
        for (int i = 0; i < group.metrics().size(); i++) {
            draft.add(i);
        }
        return draft.finish();
    }

    private void add(int index) {
        Metric metric = group.metrics().get(index);
        ExposedType exposed = metric.exposedType();
        if (exposed == null || metric.name().startsWith(OFFICIAL_NAMESPACE)) {
            addOwn(index, metric);
            return;
        }
        int samples = samples(metric);
        input += samples;
        String family = naming.rules().familyOf(metric, exposed);
        if (naming.rules().isExcluded(family)) {
            ignored += samples;
            drop(EXCLUDED, metric.pointCount());
            return;
        }
        NamingRules.Listing listing = naming.rules().listing(family, exposed);
        if (listing == null) {
            notListed.add(metric.name());
            drop(NOT_LISTED, metric.pointCount());
            counted.merge(NOT_LISTED + ": " + metric.name(), metric.pointCount(), Integer::sum);
            return;
        }
        List<SentAs.Result> results = results(metric, exposed, family, listing);
        if (results.isEmpty()) {
            drop(NO_TYPE, metric.pointCount());
            return;
        }
        processed += samples;
        List<@Nullable Attributes> attributes = attributes(metric, exposed);
        for (SentAs.Result result : results) {
            plan(index, metric, target(metric, listing, result), result, attributes);
        }
    }

    /** A metric that bears its name already: its labels are no labels of an exposition. */
    private void addOwn(int index, Metric metric) {
        Target target = Target.of(metric);
        PointChange change =
                Scopes.isUntouchable(group.scope()) ? PointChange.NONE : changeByPatterns(target, PointChange.NONE);
        if (change == null) {
            drop(PATTERN, metric.pointCount());
            return;
        }
        List<Attributes> attributes = new ArrayList<>();
        metric.data().getPoints().forEach(point -> attributes.add(point.getAttributes()));
        planned.add(Planned.own(index, target, change, attributes));
    }

    private void plan(
            int index,
            Metric metric,
            Target target,
            SentAs.Result result,
            List<? extends @Nullable Attributes> attributes) {
        boolean check = result.destination() == SentAs.Destination.CHECKS;
        PointChange change = check ? result.change() : changeByPatterns(target, change(metric, result));
        if (change == null) {
            drop(PATTERN, (int) attributes.stream().filter(kept -> kept != null).count());
            return;
        }
        planned.add(Planned.of(index, target, result, change, check ? addresses(attributes) : attributes));
    }

    private List<SentAs.Result> results(
            Metric metric, ExposedType exposed, String family, NamingRules.Listing listing) {
        SentAs sentAs = listing.entry().sentAs();
        if (sentAs == SentAs.NATIVE) {
            ExposedType first = naming.nativeType(group.resource(), family, exposed);
            if (first != exposed) {
                if (first != ExposedType.GAUGE && first != ExposedType.COUNTER) {
                    return List.of();
                }
                sentAs = first == ExposedType.GAUGE ? SentAs.GAUGE : SentAs.COUNTER;
            }
        }
        String part = naming.rules().partOf(metric, exposed);
        return sentAs.resultsFor(listing.sentName(), Target.of(metric).form(), exposed, part, listing.entry());
    }

    private Target target(Metric metric, NamingRules.Listing listing, SentAs.Result result) {
        Target source = Target.of(metric);
        OfficialMetric official = listing.official();
        String description = official == null ? source.description() : official.description();
        String unit = official == null || statesUnit(source.unit()) ? source.unit() : official.unit();
        return source.as(OfficialMetric.PREFIX + result.name(), description, unit, result.form());
    }

    /** A server may have been told to measure in another unit, and says so; of counts it says no more than that they are. */
    private static boolean statesUnit(String unit) {
        return !unit.isEmpty() && !unit.equals("1");
    }

    /** The official check loses the quantiles of summaries whose name had a prefix. */
    private PointChange change(Metric metric, SentAs.Result result) {
        boolean loses = naming.rules().isStrict()
                && metric.type() == MetricDataType.SUMMARY
                && naming.rules().hasPrefix(metric);
        return loses ? PointChanges::withoutQuantiles : result.change();
    }

    /** What is left of the points by the full names under which they are sent; null if nothing is. */
    private @Nullable PointChange changeByPatterns(Target target, PointChange change) {
        NamePatterns patterns = naming.patterns();
        return switch (target.form().type()) {
            case HISTOGRAM, EXPONENTIAL_HISTOGRAM -> change;
            case SUMMARY -> {
                boolean numbers =
                        patterns.passes(target.name() + ".sum") || patterns.passes(target.name() + ".count");
                boolean quantiles = patterns.passes(target.name() + ".quantile");
                yield !numbers && !quantiles ? null : quantiles ? change : PointChanges::withoutQuantiles;
            }
            default -> patterns.passes(target.name()) ? change : null;
        };
    }

    private List<@Nullable Attributes> attributes(Metric metric, ExposedType exposed) {
        String part = naming.rules().partOf(metric, exposed);
        Set<String> fixed = part.equals(BUCKET) ? BUCKET_FIXED : Set.of();
        List<@Nullable Attributes> attributes = new ArrayList<>();
        int excluded = 0;
        for (PointData point : metric.data().getPoints()) {
            if (part.equals(BUCKET) && BucketBounds.isInfinite(point.getAttributes())) {
                counted.merge(INFINITE, 1, Integer::sum);
                attributes.add(null);
                continue;
            }
            Attributes labels = situation.shared().addTo(point.getAttributes());
            labels = part.isEmpty() ? labels : BucketBounds.renamed(labels);
            if (naming.labels().drops(labels)) {
                excluded++;
                attributes.add(null);
                continue;
            }
            LabelRules.Relabelled relabelled = naming.labels().apply(labels, fixed);
            if (relabelled.clashes() > 0) {
                counted.merge(LABEL_CLASH, relabelled.clashes(), Integer::sum);
            }
            attributes.add(relabelled.attributes());
        }
        drop(EXCLUDED_BY_LABEL, excluded);
        return attributes;
    }

    /** A service check has no labels. */
    private static List<@Nullable Attributes> addresses(List<? extends @Nullable Attributes> all) {
        List<@Nullable Attributes> addresses = new ArrayList<>();
        for (Attributes attributes : all) {
            addresses.add(
                    attributes == null
                            ? null
                            : attributes.toBuilder()
                                    .removeIf(key -> !key.equals(LabelRules.ADDRESS))
                                    .build());
        }
        return addresses;
    }

    private static int samples(Metric metric) {
        int samples = 0;
        for (PointData point : metric.data().getPoints()) {
            if (point instanceof SummaryPointData summary) {
                samples += summary.getValues().size() + 2;
            } else if (point instanceof HistogramPointData histogram) {
                samples += histogram.getCounts().size() + 2;
            } else {
                samples++;
            }
        }
        return samples;
    }

    private void drop(String reason, int points) {
        if (points > 0) {
            dropped.merge(reason, points, Integer::sum);
        }
    }

    private NamingPlan finish() {
        naming.unlisted().note(notListed);
        int left = situation.contextsLeft();
        if (left != NamingPlan.Situation.NO_LIMIT && !Scopes.isUntouchable(group.scope())) {
            ContextLimit.Outcome outcome = ContextLimit.cut(group, planned, left);
            left = outcome.left();
            drop(LIMIT, outcome.dropped());
        }
        GroupPlan.Builder samples = GroupPlan.of(group);
        GroupPlan.Builder checks = GroupPlan.of(group).scope(naming.checkScope());
        RatePlan rates = new RatePlan(group);
        for (Planned each : planned) {
            switch (each.destination()) {
                case SAMPLES -> addTo(samples, each);
                case CHECKS -> addTo(checks, each);
                case RATES -> rates.add(each, (name, attributes) -> naming.rateCell(group.resource(), name, attributes));
            }
        }
        GroupPlan checkPlan = checks.build();
        return new NamingPlan(
                samples.build(),
                checkPlan.dropsAll() ? null : checkPlan,
                rates.isEmpty() ? null : rates,
                dropped,
                byKnownName(),
                new NamingPlan.Tally(input, ignored, processed),
                left);
    }

    private void addTo(GroupPlan.Builder plan, Planned each) {
        if (each.isOwn()) {
            plan.add(each.metric(), each.attributes(), each.change());
        } else if (!plan.join(each.metric(), each.target(), each.attributes(), each.change())) {
            drop(TWO_KINDS, (int) each.attributes().stream()
                    .filter(kept -> kept != null)
                    .count());
        }
    }

    /** The counts, with names that are one too many counted together. */
    private Map<String, Integer> byKnownName() {
        String prefix = NOT_LISTED + ": ";
        Map<String, Integer> bounded = new TreeMap<>();
        counted.forEach((what, times) -> bounded.merge(
                what.startsWith(prefix) ? prefix + naming.unlisted().countedAs(what.substring(prefix.length())) : what,
                times,
                Integer::sum));
        return bounded;
    }
}
