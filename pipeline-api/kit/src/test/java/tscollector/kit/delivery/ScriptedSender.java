package tscollector.kit.delivery;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import tscollector.consumer.DeliveryException;
import tscollector.signal.Batch;

/** A backend in the hands of the test: takes everything unless told otherwise. One thread. */
final class ScriptedSender<B extends Batch> implements Sender<B> {
    private interface Answer {
        long give() throws DeliveryException;
    }

    private final Deque<Answer> script = new ArrayDeque<>();
    private final List<B> asked = new ArrayList<>();
    private final List<B> taken = new ArrayList<>();
    private boolean away;

    ScriptedSender<B> fail(DeliveryException failure) {
        script.add(() -> {
            throw failure;
        });
        return this;
    }

    ScriptedSender<B> breakDown(RuntimeException failure) {
        script.add(() -> {
            throw failure;
        });
        return this;
    }

    ScriptedSender<B> reject(long items) {
        script.add(() -> items);
        return this;
    }

    /** While away, everything that the script does not answer fails. */
    void away(boolean nowAway) {
        away = nowAway;
    }

    @Override
    public long send(B batch) throws DeliveryException {
        asked.add(batch);
        if (script.isEmpty() && away) {
            throw DeliveryException.retryable("connection refused");
        }
        long rejected = script.isEmpty() ? 0 : script.remove().give();
        taken.add(batch);
        return rejected;
    }

    /** Every batch of every try. */
    List<B> asked() {
        return asked;
    }

    List<B> taken() {
        return taken;
    }
}
