package tscollector.processor.naming;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import java.util.ArrayList;
import java.util.BitSet;
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

    private final MetricGroup group;
    private final Naming naming;
    private final NamingPlan.Situation situation;
    private final Map<String, Integer> dropped = new TreeMap<>();
    private final Map<String, Integer> counted = new TreeMap<>();
    private final List<String> notListed = new ArrayList<>();
    private final List<Planned> planned = new ArrayList<>();
    private final BitSet listed = new BitSet();
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
        int samples = RunTelemetry.samples(metric);
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
        String part = naming.rules().partOf(metric, exposed);
        SentAs sentAs = sentAs(listing, family, exposed);
        Target source = Target.of(metric);
        List<SentAs.Result> results = sentAs == null
                ? List.of()
                : withoutLost(
                        metric,
                        listing.sentName(),
                        sentAs.resultsFor(
                                listing.sentName(), source.form(), exposed, part, metric.name(), listing.entry()));
        Set<Double> quantiles = sentAs == SentAs.GAUGE && listing.entry().sentAs() == SentAs.NATIVE
                ? PointChanges.quantiles(metric)
                : Set.of();
        boolean numbers = sentAs != null && !sentAs.isOfHistograms();
        SeriesLabels labels = SeriesLabels.of(metric, part, numbers, situation.shared(), naming.labels());
        if (exposed != ExposedType.UNTYPED || listing.entry().sentAs() != SentAs.NATIVE) {
            processed += source.form().isNumber() ? samples - labels.excluded() : samples;
            listed.set(index);
        }
        if (results.isEmpty() && quantiles.isEmpty()) {
            drop(NO_TYPE, metric.pointCount());
            return;
        }
        drop(EXCLUDED_BY_LABEL, labels.excluded());
        count(INFINITE, labels.infinite());
        count(LABEL_CLASH, labels.clashes());
        boolean apart = sendsQuantilesApart(metric, results, labels);
        if (apart) {
            quantiles = PointChanges.quantiles(metric);
        }
        for (SentAs.Result result : results) {
            boolean check = result.destination() == SentAs.Destination.CHECKS;
            plan(
                    index,
                    metric,
                    target(metric, listing, result),
                    apart ? result.withoutQuantiles() : result,
                    check ? labels.addresses() : labels.attributes());
        }
        for (double quantile : quantiles) {
            String name = listing.sentName() + (apart ? SentAs.QUANTILE_SUFFIX : "");
            SentAs.Result result = SentAs.Result.quantile(name, quantile);
            SeriesLabels labelled =
                    apart ? SeriesLabels.ofQuantile(metric, quantile, situation.shared(), naming.labels()) : labels;
            plan(
                    index,
                    metric,
                    target(metric, listing, result),
                    result,
                    apart ? labelled.attributes() : labels.with(quantile));
        }
    }

    /** The official check knows quantiles by the family's name, which is not theirs any more once the prefix is cut. */
    private List<SentAs.Result> withoutLost(Metric metric, String sentName, List<SentAs.Result> results) {
        if (!naming.rules().isStrict() || !naming.rules().hasPrefix(metric)) {
            return results;
        }
        return results.stream()
                .filter(result -> !result.name().equals(sentName + SentAs.QUANTILE_SUFFIX))
                .toList();
    }

    /**
     * Whether a summary's quantiles must be numbers of their own: when strict, their label is one as any other, and of series that
     * become one the last counts.
     */
    private boolean sendsQuantilesApart(Metric metric, List<SentAs.Result> results, SeriesLabels labels) {
        return naming.rules().isStrict()
                && metric.type() == MetricDataType.SUMMARY
                && !naming.rules().hasPrefix(metric)
                && !results.isEmpty()
                && (naming.labels().concerns(SeriesLabels.QUANTILE) || labels.hasEqual());
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
            drop(PATTERN, SeriesLabels.kept(attributes));
        } else {
            planned.add(Planned.of(index, target, result, change, attributes));
        }
    }

    /** How the metric is sent; null if that cannot be told. When strict, the first declaration of a name decides for all. */
    private @Nullable SentAs sentAs(NamingRules.Listing listing, String family, ExposedType exposed) {
        SentAs wanted = listing.entry().sentAs();
        ExposedType first = wanted == SentAs.NATIVE ? naming.nativeType(group.resource(), family, exposed) : exposed;
        if (first == exposed) {
            return wanted;
        }
        return switch (first) {
            case GAUGE -> SentAs.GAUGE;
            case COUNTER -> SentAs.COUNTER;
            case HISTOGRAM -> SentAs.HISTOGRAM;
            case SUMMARY -> SentAs.SUMMARY;
            case UNTYPED -> null;
        };
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
        if (result.form().isCounter() && !Target.of(metric).form().isCounter()) {
            return naming.counterStarts().of(group.resource(), result.name());
        }
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
                boolean numbers = patterns.passes(target.name() + ".sum") || patterns.passes(target.name() + ".count");
                boolean quantiles = patterns.passes(target.name() + ".quantile");
                yield !numbers && !quantiles ? null : quantiles ? change : PointChanges::withoutQuantiles;
            }
            default -> patterns.passes(target.name()) ? change : null;
        };
    }

    private void drop(String reason, int points) {
        if (points > 0) {
            dropped.merge(reason, points, Integer::sum);
        }
    }

    private void count(String what, int times) {
        if (times > 0) {
            counted.merge(what, times, Integer::sum);
        }
    }

    private NamingPlan finish() {
        naming.unlisted().note(notListed);
        int left = situation.contextsLeft();
        if (left != NamingPlan.Situation.NO_LIMIT && !Scopes.isUntouchable(group.scope())) {
            ContextLimit.Outcome outcome =
                    ContextLimit.cut(group, planned, left, naming.rules().isStrict());
            left = outcome.left();
            drop(LIMIT, outcome.dropped());
        }
        GroupPlan.Builder samples = GroupPlan.of(group);
        GroupPlan.Builder checks = GroupPlan.of(group).scope(naming.checkScope());
        RatePlan rates = new RatePlan(group);
        for (Planned each : planned) {
            switch (each.destination()) {
                case SAMPLES -> addTo(samples, each);
                case CHECKS -> addCheck(checks, each);
                case RATES ->
                    rates.add(each, (name, attributes) -> naming.rateCell(group.resource(), name, attributes));
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
                listed,
                left);
    }

    /** The official check sends the state of one series after the other, though they have no labels to tell them apart. */
    private void addCheck(GroupPlan.Builder plan, Planned each) {
        if (naming.rules().isStrict()) {
            plan.addSequence(each.metric(), each.target(), each.attributes(), each.change());
        } else {
            addTo(plan, each);
        }
    }

    private void addTo(GroupPlan.Builder plan, Planned each) {
        if (each.isOwn()) {
            plan.add(each.metric(), each.attributes(), each.change());
        } else if (!plan.join(each.metric(), each.target(), each.attributes(), each.change())) {
            drop(TWO_KINDS, SeriesLabels.kept(each.attributes()));
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
