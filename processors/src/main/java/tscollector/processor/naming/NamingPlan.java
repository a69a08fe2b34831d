package tscollector.processor.naming;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tscollector.reshape.GroupPlan;
import tscollector.signal.MetricGroup;
import tscollector.telemetry.Telemetry;

/** What naming does with the groups of one shape in one situation, and what it loses each time. Refers to no group. */
final class NamingPlan {
    private final GroupPlan samples;
    private final @Nullable GroupPlan checks;
    private final @Nullable RatePlan rates;
    private final Map<String, Integer> dropped;
    private final Map<String, Integer> counted;
    private final Tally tally;
    private final BitSet listed;
    private final int contextsLeft;

    /**
     * What else the plan of a group depends on.
     *
     * @param shared what other series lend; compared by identity, since there can be as much of it as series
     * @param contextsLeft how many more series may be sent in this run
     * @param notFinite points that are no numbers and so do not count as series, by metric and position; empty without a limit
     */
    record Situation(SharedLabels shared, int contextsLeft, List<Long> notFinite) {
        static final int NO_LIMIT = Integer.MAX_VALUE;

        static final Situation PLAIN = new Situation(SharedLabels.NONE, NO_LIMIT, List.of());

        @Override
        @SuppressWarnings("ReferenceEquality") // see above
        public boolean equals(@Nullable Object other) {
            return other instanceof Situation that
                    && shared == that.shared
                    && contextsLeft == that.contextsLeft
                    && notFinite.equals(that.notFinite);
        }

        @Override
        public int hashCode() {
            return 31 * (31 * System.identityHashCode(shared) + contextsLeft) + notFinite.hashCode();
        }
    }

    /**
     * Samples of one group, for the telemetry of the official check.
     *
     * @param input exposed samples, as far as points tell
     * @param ignored of these, samples of excluded families
     * @param processed of these, samples of families that are listed
     */
    record Tally(int input, int ignored, int processed) {
        static final Tally NOTHING = new Tally(0, 0, 0);

        Tally plus(Tally other) {
            return new Tally(input + other.input, ignored + other.ignored, processed + other.processed);
        }
    }

    /**
     * A plan.
     *
     * @param dropped points by reason, every time
     * @param counted other counts, every time
     * @param tally samples, of listed families those included that are no numbers
     * @param listed metrics of listed families
     * @param contextsLeft how many more series may be sent after this group
     */
    NamingPlan(
            GroupPlan samples,
            @Nullable GroupPlan checks,
            @Nullable RatePlan rates,
            Map<String, Integer> dropped,
            Map<String, Integer> counted,
            Tally tally,
            BitSet listed,
            int contextsLeft) {
        this.samples = samples;
        this.checks = checks;
        this.rates = rates;
        this.dropped = Map.copyOf(dropped);
        this.counted = Map.copyOf(counted);
        this.tally = tally;
        this.listed = listed;
        this.contextsLeft = contextsLeft;
    }

    /** Adds what becomes of the group to {@code out}: the group itself if nothing changes. */
    void apply(MetricGroup group, Telemetry telemetry, List<MetricGroup> out) {
        dropped.forEach(telemetry::dropped);
        counted.forEach(telemetry::count);
        addTo(out, samples.apply(group, telemetry));
        if (rates != null) {
            addTo(out, rates.apply(group, telemetry));
        }
        if (checks != null) {
            addTo(out, checks.apply(group, telemetry));
        }
    }

    /** The samples of a group of this plan's shape; NaN and infinities are not processed. */
    Tally tally(MetricGroup group) {
        int none = listed.stream()
                .map(metric -> RunTelemetry.notFinite(group.metrics().get(metric)))
                .sum();
        return new Tally(tally.input(), tally.ignored(), tally.processed() - none);
    }

    int contextsLeft() {
        return contextsLeft;
    }

    private static void addTo(List<MetricGroup> out, @Nullable MetricGroup group) {
        if (group != null) {
            out.add(group);
        }
    }
}
