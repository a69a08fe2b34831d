package tscollector.processor.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tscollector.component.BuildContext;
import tscollector.consumer.Consumer;
import tscollector.consumer.DeliveryException;
import tscollector.processor.Built;
import tscollector.processor.Processor;
import tscollector.processor.SuccessiveScrapes;
import tscollector.signal.LogBatch;
import tscollector.signal.MetricBatch;
import tscollector.testkit.Batches;
import tscollector.testkit.CollectingConsumer;
import tscollector.testkit.TestContext;

class BatchTest implements SuccessiveScrapes {
    private final TestContext test = new TestContext("batch");

    @Override
    public Processor<MetricBatch> processor(BuildContext context, Consumer<MetricBatch> next) {
        return Built.metrics(new BatchFactory(), context, BatchConfig.defaults(), next);
    }

    @Test
    void passesTheBatchItselfOnAtOnce() throws Exception {
        CollectingConsumer<LogBatch> next = CollectingConsumer.logs();
        LogBatch batch = Batches.event("e", "x");

        Built.logs(new BatchFactory(), test.build(), BatchConfig.defaults(), next)
                .consume(batch);

        assertThat(next.last()).isSameAs(batch);
    }

    @Test
    void handsARefusalBack() {
        CollectingConsumer<MetricBatch> next = CollectingConsumer.metrics();
        next.refuseNext(DeliveryException.retryable("queue full"));

        assertThatThrownBy(() -> processor(test.build(), next)
                        .consume(new Batches().gauge("a", 1).batch()))
                .hasMessage("queue full");
    }

    @Test
    void saysWhereBatchesAreMade() throws Exception {
        BuildContext context = test.build();
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = (Logger) context.logger();
        logger.setLevel(Level.INFO);
        logger.addAppender(log);

        processor(context, CollectingConsumer.metrics()).start(test.host());

        assertThat(log.list)
                .singleElement()
                .extracting(ILoggingEvent::getFormattedMessage)
                .asString()
                .contains("The exporters make the batches")
                .contains("send_batch_size=8192 timeout=200ms send_batch_max_size=0");
    }

    @Test
    void theLargestBatchMustNotBeTheSmaller() {
        BatchConfig config = new BatchConfig(Duration.ZERO, 100, 50, List.of(), 0);

        assertThat(Built.problems(config))
                .containsExactly("send_batch_max_size must be 0 or at least send_batch_size, 100");
        assertThat(Built.problems(BatchConfig.defaults())).isEmpty();
    }
}
