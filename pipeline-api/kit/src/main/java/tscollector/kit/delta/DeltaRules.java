package tscollector.kit.delta;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Predicate;
import tscollector.signal.Metric;

/**
 * How {@link CounterDeltas} treats its series.
 *
 * @param initialValue what becomes of a point that has no earlier one to be compared with
 * @param ttl how long a series without points is remembered; zero: as long as there is room
 * @param maxSeries series remembered at once; points of further ones are dropped and counted
 * @param selects which metrics are converted, among those that can be; asked once per metric and shape
 */
public record DeltaRules(InitialValue initialValue, Duration ttl, int maxSeries, Predicate<Metric> selects) {
    /** How long the Datadog Agent remembers a counter: a day, and an hour for whatever runs daily. */
    public static final Duration DEFAULT_TTL = Duration.ofHours(25);
    /** Some 40 MB; two thousand servers with a hundred counters each. */
    public static final int DEFAULT_MAX_SERIES = 200_000;

    public DeltaRules {
        Objects.requireNonNull(initialValue, "initialValue");
        Objects.requireNonNull(ttl, "ttl");
        Objects.requireNonNull(selects, "selects");
        if (ttl.isNegative() || maxSeries < 1) {
            throw new IllegalArgumentException("ttl " + ttl + ", maxSeries " + maxSeries);
        }
    }

    /** Everything converted, with the usual bounds. */
    public static DeltaRules of(InitialValue initialValue) {
        return new DeltaRules(initialValue, DEFAULT_TTL, DEFAULT_MAX_SERIES, metric -> true);
    }

    public DeltaRules withTtl(Duration newTtl) {
        return new DeltaRules(initialValue, newTtl, maxSeries, selects);
    }

    public DeltaRules withMaxSeries(int newMaxSeries) {
        return new DeltaRules(initialValue, ttl, newMaxSeries, selects);
    }

    public DeltaRules withSelection(Predicate<Metric> newSelects) {
        return new DeltaRules(initialValue, ttl, maxSeries, newSelects);
    }

    /**
     * What becomes of a first point: one of a series that is not remembered, or that began again (its value fell). A start time
     * of 0 means that it is not known.
     */
    public enum InitialValue {
        /**
         * As the Datadog Agent: its value if the series began before the point, nothing if it began with it; when a value fell
         * and the series began with the point, 0. A counter that did not fall counts on whatever its start time says.
         */
        AGENT,
        /**
         * As the OpenTelemetry Collector: its value if the series began after this process and before the point, else nothing. A
         * changed start time is a new beginning.
         */
        AUTO,
        /** Always its value. A changed start time is a new beginning. */
        KEEP,
        /** Nothing. A changed start time is a new beginning. */
        DROP
    }
}
