package tscollector.signal;

/** The type a Prometheus exposition declared for a family; kept beside the SDK's kind, which has no word for some of them. */
public enum ExposedType {
    COUNTER,
    GAUGE,
    HISTOGRAM,
    SUMMARY,
    UNTYPED
}
