package tscollector.processor.batch;

import java.time.Duration;
import java.util.List;
import tscollector.config.Config;
import tscollector.config.Problems;
import tscollector.config.Setting;

/** Settings of {@code batch}, with the Collector's names and defaults. */
public record BatchConfig(
        @Setting(
                doc = "Longest time anything waits for a batch to fill: sending_queue.batch.flush_timeout.",
                min = "0s")
        Duration timeout,

        @Setting(doc = "Items after which a batch is sent at once: sending_queue.batch.min_size.", min = "0")
        int sendBatchSize,

        @Setting(doc = "Largest batch, 0 for no limit: sending_queue.batch.max_size.", min = "0")
        int sendBatchMaxSize,

        @Setting(doc = "Taken so that pasted files load; requests carry no client metadata here.")
        List<String> metadataKeys,

        @Setting(doc = "Taken so that pasted files load; without effect.", min = "0")
        int metadataCardinalityLimit)
        implements Config {

    public BatchConfig {
        metadataKeys = List.copyOf(metadataKeys);
    }

    public static BatchConfig defaults() {
        return new BatchConfig(Duration.ofMillis(200), 8192, 0, List.of(), 1000);
    }

    @Override
    public void validate(Problems problems) {
        problems.check(
                "send_batch_max_size",
                sendBatchMaxSize == 0 || sendBatchMaxSize >= sendBatchSize,
                "must be 0 or at least send_batch_size, " + sendBatchSize);
    }
}
