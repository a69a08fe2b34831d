package tscollector.exporter.otlp;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import okhttp3.OkHttpClient;
import tscollector.component.BuildContext;
import tscollector.component.Deadline;
import tscollector.component.Host;
import tscollector.consumer.Consumer;
import tscollector.consumer.Consumers;
import tscollector.exporter.Exporter;
import tscollector.kit.delivery.Deliveries;
import tscollector.kit.delivery.DeliveryConfig;
import tscollector.kit.delivery.Sender;
import tscollector.kit.delivery.StepwiseSender;
import tscollector.signal.Batch;
import tscollector.signal.Signal;

/** The queues of one OTLP exporter, the SDK's exporters behind them, and the client these share. */
final class OtlpExporter implements Exporter {
    private final Deliveries deliveries;
    private final OkHttpClient client;
    private final List<Runnable> sdkShutdowns = new ArrayList<>();
    private Consumers inputs = Consumers.none();

    OtlpExporter(BuildContext context, DeliveryConfig config, OkHttpClient client) {
        this.deliveries = new Deliveries(context, config);
        this.client = client;
    }

    /** Adds one signal; only while this is built. */
    <B extends Batch> void add(Signal<B> signal, Sender<B> sender, Runnable shutdown) {
        inputs = inputs.and(signal, deliveries.add(signal, sender));
        sdkShutdowns.add(shutdown);
    }

    /**
     * Adds one signal whose batches may need several requests; only while this is built.
     *
     * @param front what stands in front of the queue
     */
    <B extends Batch> void add(
            Signal<B> signal, StepwiseSender<B> sender, UnaryOperator<Consumer<B>> front, Runnable shutdown) {
        inputs = inputs.and(signal, front.apply(deliveries.addStepwise(signal, sender)));
        sdkShutdowns.add(shutdown);
    }

    @Override
    public Consumers inputs() {
        return inputs;
    }

    @Override
    public void start(Host host) {
        deliveries.start(host);
    }

    @Override
    public void shutdown(Deadline deadline) {
        deliveries.shutdown(deadline);
        sdkShutdowns.forEach(Runnable::run);
        sdkShutdowns.clear();
        client.dispatcher().cancelAll(); // calls that hang beyond the deadline: an interrupt does not reach a socket
        client.connectionPool().evictAll();
    }
}
