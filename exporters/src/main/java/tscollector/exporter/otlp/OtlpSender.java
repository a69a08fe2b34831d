package tscollector.exporter.otlp;

import java.time.Duration;
import java.util.function.Consumer;
import tscollector.consumer.DeliveryException;
import tscollector.kit.delivery.Sender;
import tscollector.signal.Batch;
import tscollector.signal.Signal;
import tscollector.telemetry.Telemetry;

/** Hands a batch to an exporter of the SDK and returns what the backend really said. */
final class OtlpSender<B extends Batch> implements Sender<B> {
    private static final Duration WARNING_PERIOD = Duration.ofMinutes(1);

    private final Signal<B> signal;
    private final Consumer<B> exporter;
    private final AnswerSlot answers;
    private final Telemetry telemetry;

    OtlpSender(Signal<B> signal, Consumer<B> exporter, AnswerSlot answers, Telemetry telemetry) {
        this.signal = signal;
        this.exporter = exporter;
        this.answers = answers;
        this.telemetry = telemetry;
    }

    @Override
    public long send(B batch) throws DeliveryException {
        Answer answer = exchange(batch);
        if (answer.failure() != null) {
            throw answer.failure();
        }
        return rejected(answer);
    }

    /** Sends the batch in one request and says what became of it. */
    Answer exchange(B batch) {
        Answer answer = null;
        try {
            exporter.accept(batch);
        } finally {
            answer = answers.take();
        }
        if (answer
                == null) { // the SDK's exporter asks its sender unless the request is larger than 64 MiB or it is shut
            // down
            return Answer.tooLarge("the request is larger than 64 MiB; set sending_queue.batch.max_size");
        }
        tellStatus(answer);
        return answer;
    }

    private void tellStatus(Answer answer) {
        String status = answer.status();
        if (status != null) {
            telemetry.count(signal + " answered " + status, 1);
            telemetry.state(signal.id(), status);
        } else if (!answer.tooLarge()) {
            telemetry.count(signal + " without answer", 1);
            telemetry.state(signal.id(), "no answer");
        }
    }

    /** How many items a good answer rejects; warns of them. */
    long rejected(Answer answer) {
        if (answer.rejected() > 0) {
            warn("The backend rejected " + answer.rejected() + " items of " + signal
                    + " in a request it otherwise took; they are lost. said=\"" + answer.note() + "\"");
        } else if (!answer.note().isEmpty()) {
            warn("The backend took " + signal + " with a warning. said=\"" + answer.note() + "\"");
        }
        return answer.rejected();
    }

    private void warn(String message) {
        telemetry.warnOncePer(WARNING_PERIOD, "partial success " + signal, message);
    }
}
