package tscollector.exporter.datadog;

/** What Datadog says about a key. */
enum KeyVerdict {
    VALID,
    REFUSED,
    /** No answer, or one that says nothing about the key: taken for good, so that an outage keeps nobody from starting. */
    UNKNOWN
}
