package tscollector.simulator;

/** The server's setting {@code metrics_mode}. */
public enum MetricsMode {
    /** Every configured family at {@code /metrics}. */
    PROMETHEUS,
    /** The default of a real server: {@code /metrics} answers 200 with nothing. */
    LOG,
    /** Three inference counters at {@code /metrics}, nothing else. */
    LEGACY
}
