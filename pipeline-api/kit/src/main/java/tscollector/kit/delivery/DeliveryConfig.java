package tscollector.kit.delivery;

import tscollector.config.Config;
import tscollector.config.Setting;

/** Queue and retry, flat in an exporter as in the Collector. */
public record DeliveryConfig(
        @Setting(doc = "The queue in front of the backend.") QueueConfig sendingQueue,

        @Setting(doc = "How requests are tried again that the backend refused for now.")
        RetryConfig retryOnFailure)
        implements Config {
    public static DeliveryConfig defaults() {
        return new DeliveryConfig(QueueConfig.defaults(), RetryConfig.defaults());
    }
}
