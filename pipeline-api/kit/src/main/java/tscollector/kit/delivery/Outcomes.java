package tscollector.kit.delivery;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import tscollector.component.BuildContext;
import tscollector.consumer.DeliveryException;
import tscollector.kit.time.Outage;
import tscollector.signal.Signal;
import tscollector.telemetry.Telemetry;

/**
 * Tells what became of the items and requests of one signal: to the counters, to the status of the exporter and to the log, where an
 * outage is one line and not one per try. Decides nothing. Thread-safe.
 */
final class Outcomes {
    private static final Duration WARNING_PERIOD = Duration.ofMinutes(1);

    private final BuildContext context;
    private final Signal<?> signal;
    private final Telemetry telemetry;
    private final BackendStatus status;
    private final Outage outage;
    private final AtomicLong droppedMeanwhile = new AtomicLong();
    private final AtomicLong undelivered = new AtomicLong();

    /**
     * Nothing has become of anything yet.
     *
     * @param waiting asked when the log says that the backend is still away
     */
    Outcomes(BuildContext context, Signal<?> signal, BackendStatus status, Supplier<Waiting> waiting) {
        this.context = context;
        this.signal = signal;
        this.telemetry = context.telemetry().of(signal);
        this.status = status;
        this.outage = new Outage(
                context.logger(),
                context.clock(),
                "Delivering " + signal,
                () -> waiting.get().inWords());
    }

    /** The backend took these items. */
    void sent(long items) {
        telemetry.sent(items);
    }

    /** These items are lost. */
    void dropped(String reason, long items) {
        telemetry.dropped(reason, items);
        if (outage.isFailing()) {
            droppedMeanwhile.addAndGet(items);
        }
        if (reason.equals(Delivery.STOPPED)) {
            undelivered.addAndGet(items);
        }
    }

    /** There was no room for these items, which were refused. */
    void noMemory(long items) {
        telemetry.count(Delivery.NO_MEMORY, items);
    }

    /** All of a request was told; {@code forgotten} items were not, by a fault of the sender. */
    void told(long forgotten) {
        if (forgotten > 0) {
            dropped(Delivery.BROKEN, forgotten);
            context.logger().error("The exporter lost sight of items of its request. items={}", forgotten);
        }
    }

    /** The backend answered well. */
    void recovered() {
        long lost = droppedMeanwhile.get();
        if (outage.recovered(lost == 0 ? "" : lost + " items were dropped meanwhile")) {
            droppedMeanwhile.addAndGet(-lost);
        }
        status.succeeded(signal);
    }

    /** The backend will never take these items. */
    void refused(long items, DeliveryException failure) {
        dropped(Delivery.REFUSED, items);
        String text = message(failure);
        telemetry.warnOncePer(
                WARNING_PERIOD,
                Delivery.REFUSED + " " + signal,
                "The backend refused " + items + " items of " + signal + ", which are lost. error=\"" + text + "\"");
        status.failed(signal, text);
    }

    /** The exporter itself failed on these items. */
    void broken(long items, Throwable fault) {
        dropped(Delivery.BROKEN, items);
        context.logger().error("The exporter failed, its request is lost. items={}", items, fault);
        status.failed(signal, "the exporter failed");
    }

    /** A try failed; the request may be good. */
    void failed(DeliveryException failure) {
        String text = message(failure);
        outage.failing(text);
        status.failed(signal, text);
    }

    /** A request will be tried again. */
    void willRetry() {
        telemetry.count(Delivery.RETRIES, 1);
    }

    /** Says at the end whether all was delivered. */
    void stopped() {
        if (undelivered() > 0) {
            context.logger().error("Stopped before all {} were delivered. items={}", signal, undelivered());
        }
    }

    /** Items dropped because the process stopped. */
    long undelivered() {
        return undelivered.get();
    }

    private static String message(DeliveryException failure) {
        String text = failure.getMessage();
        return text == null ? "no reason given" : text;
    }
}
