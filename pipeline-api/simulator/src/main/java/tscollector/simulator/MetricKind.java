package tscollector.simulator;

import java.util.Locale;

/** The metric types that TorchServe's metrics.yaml knows. */
public enum MetricKind {
    /** A sum that only grows until the server restarts. */
    COUNTER,
    /** The last value. */
    GAUGE,
    /** Observations in the fixed default buckets of simpleclient, 0.005 to 10. */
    HISTOGRAM;

    /** The word in TYPE and HELP lines. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
