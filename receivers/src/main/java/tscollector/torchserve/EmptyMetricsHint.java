package tscollector.torchserve;

import org.slf4j.Logger;

/**
 * Says once per target that an empty 200 from the metrics API is TorchServe's default mode, and what to change. One thread at
 * a time.
 */
public final class EmptyMetricsHint {
    private final String address;
    private final Logger logger;
    private boolean said;

    public EmptyMetricsHint(Target target, Logger logger) {
        this.address = target.site();
        this.logger = logger;
    }

    /** To be called for each answer of status 200 without a body. */
    public void emptyBody() {
        if (!said) {
            said = true;
            logger.warn(
                    "The metrics API answers, but with nothing: by default TorchServe writes its metrics to log files only. Set "
                            + "metrics_mode=prometheus in its config.properties and restart it; if it is set, the server could not load "
                            + "its metrics_config file. target={}",
                    address);
        }
    }
}
