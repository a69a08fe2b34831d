package tscollector.exporter.datadog;

import tscollector.datadog.IntakeTimes;

/** Why this exporter loses items, beside the reasons of {@link tscollector.kit.delivery.Delivery}. */
final class DropReasons {
    /** One item alone is larger than a request may be, or the intake said so (413). */
    static final String TOO_LARGE = "too large";
    /** Older than the intake takes. */
    static final String TOO_OLD = IntakeTimes.TOO_OLD;
    /** Further in the future than the intake takes. */
    static final String IN_FUTURE = IntakeTimes.IN_FUTURE;

    private DropReasons() {}
}
