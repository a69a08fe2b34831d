package tscollector.kit.delivery;

import java.util.ArrayList;
import java.util.List;
import tscollector.component.BuildContext;
import tscollector.component.Deadline;
import tscollector.component.Host;
import tscollector.consumer.Consumers;
import tscollector.signal.Batch;
import tscollector.signal.Signal;

/**
 * The queues of one exporter, one per signal, with one status and one end. An exporter adds a {@link Sender} for each signal
 * that is wanted when it is built, hands out {@link #inputs}, and passes {@link #start} and {@link #shutdown} on.
 *
 * <p>In tests with a manual scheduler: let it run before the shutdown (or between {@link #beginShutdown} and {@link
 * #shutdown}), since the shutdown waits for threads that only the test can move.
 */
public final class Deliveries {
    private final BuildContext context;
    private final DeliveryConfig config;
    private final QueueMemory memory;
    private final BackendStatus status = new BackendStatus();
    private final List<Delivery<?>> deliveries = new ArrayList<>();
    private Consumers inputs = Consumers.none();

    public Deliveries(BuildContext context, DeliveryConfig config) {
        this(context, config, QueueMemory.ofProcess());
    }

    /** With a memory of its own, for tests. */
    Deliveries(BuildContext context, DeliveryConfig config, QueueMemory memory) {
        this.context = context;
        this.config = config;
        this.memory = memory;
    }

    /** Puts a queue in front of {@code sender}; only while the exporter is built. */
    public <B extends Batch> Delivery<B> add(Signal<B> signal, Sender<B> sender) {
        return addStepwise(signal, batch -> progress -> {
            long rejected = Math.min(Math.max(sender.send(batch), 0), batch.itemCount());
            progress.sent(batch.itemCount() - rejected);
            progress.dropped(Delivery.REJECTED, rejected);
        });
    }

    /** Puts a queue in front of a sender that may need several requests for a batch; only while the exporter is built. */
    public <B extends Batch> Delivery<B> addStepwise(Signal<B> signal, StepwiseSender<B> sender) {
        Delivery<B> delivery = new Delivery<>(context, config, signal, sender, status, memory);
        deliveries.add(delivery);
        inputs = inputs.and(signal, delivery);
        return delivery;
    }

    /** The queues as consumers. */
    public Consumers inputs() {
        return inputs;
    }

    /** From now on the host hears how the backend is, and the telemetry shows what waits. */
    public void start(Host host) {
        status.start(host);
        deliveries.forEach(Delivery::start);
    }

    /** Takes nothing more, wakes what waits for its next try, and sends the rest; returns at once. */
    public void beginShutdown() {
        deliveries.forEach(Delivery::beginShutdown);
    }

    /**
     * Sends what is queued, each request at least once if there is time; returns when all is settled or the deadline has passed.
     * Senders that still hang then are interrupted, and what is left is dropped with the reason {@link Delivery#STOPPED}. Close
     * the client afterwards.
     */
    public void shutdown(Deadline deadline) {
        beginShutdown();
        for (Delivery<?> delivery : deliveries) {
            delivery.finishShutdown(deadline);
        }
    }

    /** Items dropped because the process stopped. */
    public long undelivered() {
        return deliveries.stream().mapToLong(Delivery::undelivered).sum();
    }

    /** Items taken over whose outcome is not known yet. */
    public long queuedItems() {
        return deliveries.stream().mapToLong(Delivery::queuedItems).sum();
    }
}
