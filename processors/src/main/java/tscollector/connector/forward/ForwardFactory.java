package tscollector.connector.forward;

import java.util.List;
import tscollector.component.BuildContext;
import tscollector.component.Descriptor;
import tscollector.component.Kind;
import tscollector.connector.Connector;
import tscollector.connector.ConnectorBuilder;
import tscollector.connector.ConnectorFactory;
import tscollector.consumer.Consumer;
import tscollector.consumer.DeliveryException;
import tscollector.signal.Batch;
import tscollector.signal.Signal;

/** Builds {@code forward} connectors. */
public final class ForwardFactory implements ConnectorFactory<ForwardConfig> {
    private static final Descriptor<ForwardConfig> DESCRIPTOR = Descriptor.of(
                    Kind.CONNECTOR,
                    "forward",
                    "Hands everything from the pipelines it ends to the pipelines it begins.",
                    ForwardConfig.class,
                    ForwardConfig.defaults())
            .withDescription("""
                    Name it among the exporters of one pipeline and the receivers of another. It has no queue: what the pipelines
                    behind it refuse is refused to the one in front.""");

    @Override
    public Descriptor<ForwardConfig> descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public List<ConnectorBuilder<ForwardConfig, ?, ?>> builders() {
        return List.of(
                new ConnectorBuilder<>(Signal.METRICS, Signal.METRICS, Forward::new),
                new ConnectorBuilder<>(Signal.LOGS, Signal.LOGS, Forward::new));
    }

    /** The connector. */
    private static final class Forward<B extends Batch> implements Connector<B> {
        private final Consumer<B> next;

        private Forward(BuildContext context, ForwardConfig config, Consumer<B> next) {
            this.next = next;
        }

        @Override
        public void consume(B batch) throws DeliveryException {
            next.consume(batch);
        }
    }
}
