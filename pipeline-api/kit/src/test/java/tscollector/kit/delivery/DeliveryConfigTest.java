package tscollector.kit.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tscollector.config.Config;
import tscollector.config.Problems;
import tscollector.kit.delivery.QueueConfig.BatchConfig;
import tscollector.kit.delivery.QueueConfig.Sizer;

class DeliveryConfigTest {
    @Test
    void theDefaultsAreValid() {
        assertThat(problems(QueueConfig.defaults())).isEmpty();
        assertThat(problems(BatchConfig.defaults())).isEmpty();
        assertThat(problems(RetryConfig.defaults())).isEmpty();
    }

    @Test
    void saysWhyAQueueCannotBeSwitchedOffBlockOrWait() {
        assertThat(problems(new QueueConfig(false, 1, null, null, null, true, true)))
                .containsExactly(
                        "enabled must be true: every exporter has a queue, so that a backend that hangs stalls nobody else; leave it out",
                        "block_on_overflow must be false: a full queue refuses and the receiver counts what it loses; raise queue_size instead",
                        "wait_for_result must be false: whoever hands a batch over does not wait for the backend; leave it out");
    }

    @Test
    void aSizerAloneSaysTooLittle() {
        assertThat(problems(new QueueConfig(true, 1, null, Sizer.BYTES, null, false, false)))
                .containsExactly("sizer needs a queue_size that says how many of these fit in");
        assertThat(problems(new QueueConfig(true, 1, null, Sizer.ITEMS, null, false, false)))
                .isEmpty();
    }

    @Test
    void aLargestBatchBelowTheLeastIsAMistake() {
        assertThat(problems(new BatchConfig(Duration.ZERO, 100, 99)))
                .containsExactly("max_size must be 0 or at least min_size, 100");
        assertThat(problems(new BatchConfig(Duration.ZERO, 100, 0))).isEmpty();
        assertThat(new BatchConfig(Duration.ZERO, 100, 0).effectiveMaxSize()).isEqualTo(Integer.MAX_VALUE);
        assertThat(new BatchConfig(Duration.ZERO, 10_000, null).effectiveMaxSize())
                .isEqualTo(10_000);
        assertThat(BatchConfig.defaults().effectiveMaxSize()).isEqualTo(8192);
    }

    private static List<String> problems(Config config) {
        Problems problems = new Problems();
        config.validate(problems);
        return problems.all().stream().map(p -> p.path() + " " + p.text()).toList();
    }
}
