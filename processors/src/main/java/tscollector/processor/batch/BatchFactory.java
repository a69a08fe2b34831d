package tscollector.processor.batch;

import java.util.List;
import tscollector.component.BuildContext;
import tscollector.component.Descriptor;
import tscollector.component.Host;
import tscollector.component.Kind;
import tscollector.consumer.Consumer;
import tscollector.consumer.DeliveryException;
import tscollector.processor.Processor;
import tscollector.processor.ProcessorBuilder;
import tscollector.processor.ProcessorFactory;
import tscollector.signal.Batch;
import tscollector.signal.Signal;

/** Builds {@code batch} processors. */
public final class BatchFactory implements ProcessorFactory<BatchConfig> {
    private static final Descriptor<BatchConfig> DESCRIPTOR = Descriptor.of(
                    Kind.PROCESSOR,
                    "batch",
                    "Passes everything on; batches are made by the exporters' queues.",
                    BatchConfig.class,
                    BatchConfig.defaults())
            .withDescription("""
                    For files that come from the OpenTelemetry Collector. A processor that waits answers before anything is
                    delivered, so what it holds is lost when the exporter refuses. Here every exporter makes its batches behind
                    its queue: the numbers given here count as `sending_queue.batch` of the exporters in the same pipeline, unless these have
                    their own.""")
            .withExample("""
                    timeout: 200ms
                    send_batch_size: 8192
                    """);

    @Override
    public Descriptor<BatchConfig> descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public List<ProcessorBuilder<BatchConfig, ?>> builders() {
        return List.of(
                new ProcessorBuilder<>(Signal.METRICS, PassThrough::new),
                new ProcessorBuilder<>(Signal.LOGS, PassThrough::new));
    }

    /** The processor. */
    private static final class PassThrough<B extends Batch> implements Processor<B> {
        private final BuildContext context;
        private final BatchConfig config;
        private final Consumer<B> next;

        private PassThrough(BuildContext context, BatchConfig config, Consumer<B> next) {
            this.context = context;
            this.config = config;
            this.next = next;
        }

        @Override
        public void start(Host host) {
            context.logger()
                    .info(
                            "The exporters make the batches; this processor hands them its numbers and passes everything on."
                                    + " send_batch_size={} timeout={}ms send_batch_max_size={}",
                            config.sendBatchSize(),
                            config.timeout().toMillis(),
                            config.sendBatchMaxSize());
        }

        @Override
        public void consume(B batch) throws DeliveryException {
            next.consume(batch);
        }
    }
}
