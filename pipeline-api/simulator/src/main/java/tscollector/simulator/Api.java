package tscollector.simulator;

/** One of the three addresses a TorchServe listens on. */
public enum Api {
    /** Ping and predictions; 8080 on a real server. */
    INFERENCE,
    /** Models, workers and tokens; 8081 on a real server. */
    MANAGEMENT,
    /** The Prometheus page; 8082 on a real server. */
    METRICS
}
