package tscollector.exporter.datadog;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tscollector.component.BuildContext;
import tscollector.consumer.DeliveryException;
import tscollector.kit.delivery.Delivery;
import tscollector.kit.delivery.Progress;
import tscollector.kit.delivery.StepwiseSender;

/**
 * All requests of one batch, route by route. A route that fails holds up none of the others: each is tried in every try, and the
 * longest wait that was asked for counts. One thread at a time.
 */
final class Shipments implements StepwiseSender.Steps {
    private static final Duration WARNING_PERIOD = Duration.ofMinutes(1);

    private final BuildContext context;
    private final String word;
    private final SpareBuffer buffers;
    private final List<Shipment> shipments;

    /**
     * The requests of one batch.
     *
     * @param word for messages, for instance {@code logs}
     * @param buffers shared by all batches of the signal
     * @param shipments in the order they are sent
     */
    Shipments(BuildContext context, String word, SpareBuffer buffers, List<Shipment> shipments) {
        this.context = context;
        this.word = word;
        this.buffers = buffers;
        this.shipments = List.copyOf(shipments);
    }

    @Override
    public void send(Progress progress) throws DeliveryException, InterruptedException {
        WireBuffer buffer = buffers.take();
        DeliveryException failure = null;
        for (Shipment shipment : shipments) {
            try {
                shipment.send(context.clock().now(), buffer, progress);
            } catch (DeliveryException e) {
                failure = worse(failure, e);
            }
            tellTooLarge(shipment);
        }
        buffers.giveBack(buffer);
        if (failure != null) {
            shipments.forEach(shipment -> tellRefused(shipment, progress));
            throw failure;
        }
        for (Shipment shipment : shipments) {
            DeliveryException refusal = shipment.refusal();
            if (refusal != null) {
                throw refusal; // what is left now was refused
            }
        }
    }

    /** Whether the intake surely has nothing of these routes. */
    boolean isUntaken(Set<Route> routes) {
        return shipments.stream()
                .filter(shipment -> routes.contains(shipment.route()))
                .allMatch(Shipment::isUntaken);
    }

    private void tellTooLarge(Shipment shipment) {
        String said = shipment.takeTooLarge();
        if (said != null) {
            context.telemetry().warnOncePer(WARNING_PERIOD, DropReasons.TOO_LARGE + " " + shipment.route(), said);
        }
    }

    /** What the intake will never take is over, although something else will be tried again. */
    private void tellRefused(Shipment shipment, Progress progress) {
        DeliveryException refusal = shipment.refusal();
        if (refusal != null) {
            long items = shipment.giveUpRefused();
            progress.dropped(Delivery.REFUSED, items);
            context.telemetry()
                    .warnOncePer(
                            WARNING_PERIOD,
                            Delivery.REFUSED + " " + word,
                            "The backend refused " + items + " items of " + word + ", which are lost. error=\""
                                    + refusal.getMessage() + "\"");
        }
    }

    /** The one that asks for the longer wait. */
    private static DeliveryException worse(@Nullable DeliveryException one, DeliveryException other) {
        if (one == null) {
            return other;
        }
        one.addSuppressed(other);
        Duration waits = other.retryAfter();
        Duration waited = one.retryAfter();
        return waits != null && (waited == null || waits.compareTo(waited) > 0) ? other : one;
    }
}
