package tscollector.exporter.datadog;

/** Why this exporter loses items, beside the reasons of {@link tscollector.kit.delivery.Delivery}. */
final class DropReasons {
    /** One item alone is larger than a request may be, or the intake said so (413). */
    static final String TOO_LARGE = "too large";
    /** Older than the intake takes. */
    static final String TOO_OLD = "too old";
    /** Further in the future than the intake takes. */
    static final String IN_FUTURE = "too far in the future";

    private DropReasons() {}
}
