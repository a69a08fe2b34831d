package tscollector.exporter.datadog;

/** Why single points are lost, beside {@link DropReasons}. */
final class PointLosses {
    /** NaN or infinite, which the intake has no word for. */
    static final String NOT_A_NUMBER = "not a number";
    /** A count below 0. */
    static final String NEGATIVE_COUNT = "negative count";
    /** A name without a letter. */
    static final String NO_NAME = "name without letters";
    /** A cumulative counter or histogram that was not converted: the intake takes differences only. */
    static final String CUMULATIVE = "cumulative";
    /** A histogram with a single bucket, where only buckets with an upper bound are sent. */
    static final String NO_BOUNDS = "histogram without bounds";
    /** A check whose value is none of 0 to 3. */
    static final String NO_STATUS = "not a check status";
    /** The health of a server that has not answered yet. */
    static final String NOT_ASKED_YET = "no answer yet";
    /** Nobody knows whether the intake took these sketches, and it would add them up. */
    static final String OUTCOME_UNKNOWN = "outcome unknown";

    private PointLosses() {}
}
