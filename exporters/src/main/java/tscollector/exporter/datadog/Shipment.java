package tscollector.exporter.datadog;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tscollector.consumer.DeliveryException;
import tscollector.kit.delivery.Progress;
import tscollector.kit.http.HttpFailure;

/**
 * Brings one cargo to one route in as few requests as its limits allow, front to back: what is settled is never sent again. What
 * turns out too large, by our measure or by the intake's (413), is halved until a single point is left, which is dropped alone.
 * One thread at a time.
 */
final class Shipment {
    /** Faults after which nothing of the request can have arrived, unless there was a connection. */
    private static final Set<HttpFailure.Type> NOT_SENT = EnumSet.of(
            HttpFailure.Type.NAME_NOT_FOUND,
            HttpFailure.Type.CONNECTION_REFUSED,
            HttpFailure.Type.CONNECT_TIMEOUT,
            HttpFailure.Type.CONNECTION_FAILED,
            HttpFailure.Type.TLS_FAILED,
            HttpFailure.Type.PROXY_FAILED,
            HttpFailure.Type.NO_CREDENTIALS);

    /** The intake as a shipment needs it. */
    interface Post {
        /** As {@link Intake#payload}. */
        Payload payload(Route route, String contentType, byte[] plain);

        /** As {@link Intake#post}. */
        void post(Route route, Payload payload) throws DeliveryException, TooLarge, InterruptedException;
    }

    private final Route route;
    private final Cargo cargo;
    private final Post post;
    private int settled; // slots from the front
    private @Nullable Shipment singlePoints; // of the first slot that is not settled
    private @Nullable DeliveryException refusal;
    private long refusedItems;
    private @Nullable String tooLarge;
    private long tooLargeItems;
    private boolean untaken = true;

    Shipment(Route route, Cargo cargo, Post post) {
        this.route = route;
        this.cargo = cargo;
        this.post = post;
    }

    /**
     * Sends what is left.
     *
     * @param buffer to write requests in, for one at a time
     * @throws DeliveryException to be tried again
     */
    void send(long nowEpochNanos, WireBuffer buffer, Progress progress) throws DeliveryException, InterruptedException {
        cargo.sortOut(settled, nowEpochNanos, progress);
        if (singlePoints != null) {
            sendSinglePoints(nowEpochNanos, buffer, progress);
        }
        sendUpTo(cargo.slots(), nowEpochNanos, buffer, progress);
    }

    /** Why the intake will never take a request of what was sent so far, whose items were not told; null if there is none. */
    @Nullable
    DeliveryException refusal() {
        return refusal == null && singlePoints != null ? singlePoints.refusal() : refusal;
    }

    /** Forgets what was refused so far. Returns how many items that were, which the caller tells about. */
    long giveUpRefused() {
        long items = refusedItems + (singlePoints == null ? 0 : singlePoints.giveUpRefused());
        refusal = null;
        refusedItems = 0;
        return items;
    }

    /** Whether the intake surely has nothing of it: every answer said so. What it refused for good is told of, and counts as taken. */
    boolean isUntaken() {
        return untaken && (singlePoints == null || singlePoints.isUntaken());
    }

    Route route() {
        return route;
    }

    /** Since the last call: what was dropped alone as too large, in a sentence without a full stop; null if nothing was. */
    @Nullable
    String takeTooLarge() {
        if (tooLargeItems == 0) {
            return null;
        }
        String said = tooLargeItems + " items of " + route.word()
                + " are too large for the intake, each by itself, and lost. error=\""
                + (tooLarge == null ? route.word() + " beyond what a request may have" : tooLarge) + '"';
        tooLargeItems = 0;
        return said;
    }

    private void sendUpTo(int end, long now, WireBuffer buffer, Progress progress)
            throws DeliveryException, InterruptedException {
        while (settled < end) {
            int full = write(end, buffer);
            if (full == settled) {
                divide(now, buffer, progress);
            } else if (buffer.size() == 0) {
                settled = full; // all of it was sorted out
            } else if (!taken(full, buffer, progress)) {
                if (full - settled > 1) {
                    int middle = settled + (full - settled) / 2;
                    sendUpTo(middle, now, buffer, progress);
                    sendUpTo(full, now, buffer, progress);
                } else {
                    divide(now, buffer, progress);
                }
            }
        }
    }

    /** Writes one request. Returns behind its last slot; the first slot itself if that alone is too large. Leaves the buffer empty if there is nothing to send. */
    private int write(int end, WireBuffer out) {
        out.cut(0);
        cargo.open(out);
        int opened = out.size();
        int points = 0;
        int slot = settled;
        for (; slot < end; slot++) {
            int more = cargo.points(slot);
            if (more == 0) {
                continue;
            }
            int before = out.size();
            cargo.write(before == opened, slot, out);
            points += more;
            if (points > route.mostPoints()
                    || out.size() + opened > route.plainLimit()) { // it closes as it opens, or shorter
                out.cut(before);
                break;
            }
        }
        if (out.size() == opened) {
            out.cut(0);
        } else {
            cargo.close(out);
        }
        return slot;
    }

    /** Sends what is written. Returns whether that is settled; if not, it is too large. */
    private boolean taken(int end, WireBuffer written, Progress progress)
            throws DeliveryException, InterruptedException {
        Payload payload = post.payload(route, cargo.contentType(), written.toBytes());
        if (!payload.fits(route)) {
            tooLarge = route.word() + " beyond what a request may have";
            return false;
        }
        boolean before = untaken;
        untaken = false;
        try {
            post.post(route, payload);
            progress.sent(items(end));
        } catch (TooLarge e) {
            untaken = before;
            tooLarge = e.getMessage();
            return false;
        } catch (DeliveryException e) {
            if (e.isRetryable()) {
                untaken = before && isSurelyRefused(e);
                if (e.getCause() instanceof HttpFailure failure && mayHaveArrived(failure)) {
                    cargo.outcomeUnknown(settled, end);
                }
                throw e;
            }
            refusal = refusal == null ? e : refusal;
            refusedItems += items(end);
        } catch (InterruptedException e) {
            cargo.outcomeUnknown(settled, end);
            throw e;
        }
        settled = end;
        return true;
    }

    private static boolean isSurelyRefused(DeliveryException e) {
        return e.getCause() instanceof HttpFailure failure
                ? !mayHaveArrived(failure)
                : !(e.getCause() instanceof UnsureAnswer);
    }

    private static boolean mayHaveArrived(HttpFailure failure) {
        return failure.hadConnection() || !NOT_SENT.contains(failure.type());
    }

    /** The first slot that is not settled is too large. */
    private void divide(long now, WireBuffer buffer, Progress progress) throws DeliveryException, InterruptedException {
        Cargo points = cargo.apart(settled);
        if (points == null) {
            long items = cargo.items(settled);
            progress.dropped(DropReasons.TOO_LARGE, items);
            tooLargeItems += items;
            settled++;
        } else {
            singlePoints = new Shipment(route, points, post);
            sendSinglePoints(now, buffer, progress);
        }
    }

    private void sendSinglePoints(long now, WireBuffer buffer, Progress progress)
            throws DeliveryException, InterruptedException {
        Shipment inner = singlePoints;
        if (inner == null) {
            return;
        }
        inner.send(now, buffer, progress);
        untaken &= inner.untaken;
        refusal = refusal == null ? inner.refusal : refusal;
        refusedItems += inner.refusedItems;
        tooLarge = inner.tooLargeItems > 0 ? inner.tooLarge : tooLarge;
        tooLargeItems += inner.tooLargeItems;
        singlePoints = null;
        settled++;
    }

    private long items(int end) {
        long all = 0;
        for (int slot = settled; slot < end; slot++) {
            all += cargo.items(slot);
        }
        return all;
    }
}
