package tscollector.exporter.otlp;

import io.opentelemetry.sdk.common.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tscollector.consumer.DeliveryException;
import tscollector.kit.delivery.Delivery;
import tscollector.kit.delivery.Halves;
import tscollector.kit.delivery.Progress;
import tscollector.kit.delivery.StepwiseSender;
import tscollector.signal.Batch;
import tscollector.signal.Signal;
import tscollector.telemetry.Telemetry;

/**
 * Sends a batch in as many requests as the backend needs: what is too large goes in halves, down to single items. A half that was
 * taken is never sent again; a half that is refused does not take the others with it. What became too old to be taken is dropped before
 * each try.
 */
final class SplittingSender<B extends Batch> implements StepwiseSender<B> {
    /** The reason under which an item is dropped that is too large even alone. */
    static final String TOO_LARGE = "larger than a request may be";

    private static final Duration WARNING_PERIOD = Duration.ofMinutes(1);

    private final Signal<B> signal;
    private final OtlpSender<B> sender;
    private final InTime<B> inTime;
    private final Telemetry telemetry;
    private final Clock clock;

    SplittingSender(Signal<B> signal, OtlpSender<B> sender, InTime<B> inTime, Telemetry telemetry, Clock clock) {
        this.sender = sender;
        this.signal = signal;
        this.inTime = inTime;
        this.telemetry = telemetry;
        this.clock = clock;
    }

    @Override
    public Steps begin(B batch) {
        return new Pieces(batch);
    }

    /** One batch on its way. */
    private final class Pieces implements Steps {
        private final Deque<B> left = new ArrayDeque<>();
        private @Nullable DeliveryException refusal; // its pieces are lost, and told of when the others are settled

        Pieces(B batch) {
            left.add(batch);
        }

        @Override
        public void send(Progress progress) throws DeliveryException, InterruptedException {
            while (!left.isEmpty()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException("the time is up");
                }
                B piece = inTime.pick(left.remove(), clock.now(), progress);
                if (piece == null) {
                    continue;
                }
                left.push(piece);
                Answer answer = sender.exchange(piece);
                DeliveryException failure = answer.failure();
                if (failure != null && failure.isRetryable()) {
                    throw failure;
                }
                left.remove();
                if (answer.tooLarge()) {
                    cut(piece, answer, progress);
                } else if (failure != null) {
                    refusal = failure;
                } else {
                    long rejected = Math.min(sender.rejected(answer), piece.itemCount());
                    progress.sent(piece.itemCount() - rejected);
                    progress.dropped(Delivery.REJECTED, rejected);
                }
            }
            if (refusal != null) {
                throw refusal;
            }
        }

        private void cut(B piece, Answer answer, Progress progress) {
            if (piece.itemCount() == 1) {
                progress.dropped(TOO_LARGE, 1);
                String why = answer.failure() == null
                        ? ""
                        : String.valueOf(answer.failure().getMessage());
                telemetry.warnOncePer(
                        WARNING_PERIOD,
                        TOO_LARGE,
                        "An item is too large to be sent and is lost. error=\"" + why + "\"");
                return;
            }
            List<B> halves = Halves.of(signal, piece);
            left.push(halves.get(1));
            left.push(halves.get(0));
        }
    }
}
