package tscollector.kit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import tscollector.time.Scheduler;

class LargeAnswersTest {
    private final Lanes lanes = new Lanes();
    private final List<String> done = new ArrayList<>();

    @Test
    void worksOnSmallAnswersWithTheShortWorkAndOnLargeOnesElsewhere() {
        LargeAnswers.run(lanes, LargeAnswers.FROM_BYTES - 1, () -> done.add("small"));
        LargeAnswers.run(lanes, LargeAnswers.FROM_BYTES, () -> done.add("large"));

        assertThat(lanes.shortWork).hasSize(1);
        assertThat(lanes.blocking).hasSize(1);
    }

    @Test
    void worksOnOneLargeAnswerAtATimeInTheirOrder() {
        for (String name : List.of("a", "b", "c")) {
            LargeAnswers.run(lanes, LargeAnswers.FROM_BYTES, () -> done.add(name));
        }

        for (int turn = 1; turn <= 3; turn++) {
            assertThat(lanes.blocking).hasSize(1);
            lanes.blocking.remove().run();
            assertThat(done).hasSize(turn);
        }
        assertThat(done).containsExactly("a", "b", "c");
        assertThat(lanes.blocking).isEmpty();
    }

    @Test
    void goesOnAfterOneThatFailed() {
        LargeAnswers.run(lanes, LargeAnswers.FROM_BYTES, () -> {
            throw new IllegalStateException("broken");
        });
        LargeAnswers.run(lanes, LargeAnswers.FROM_BYTES, () -> done.add("next"));

        assertThatThrownBy(lanes.blocking.remove()::run).hasMessage("broken");
        lanes.blocking.remove().run();
        LargeAnswers.run(lanes, LargeAnswers.FROM_BYTES, () -> done.add("later"));
        lanes.blocking.remove().run();

        assertThat(done).containsExactly("next", "later");
    }

    @Test
    void keepsTheLanesOfTwoSchedulersApart() {
        Lanes other = new Lanes();
        LargeAnswers.run(lanes, LargeAnswers.FROM_BYTES, () -> done.add("here"));
        LargeAnswers.run(other, LargeAnswers.FROM_BYTES, () -> done.add("there"));

        other.blocking.remove().run();

        assertThat(done).containsExactly("there");
    }

    /** Shows which lane a task went to. */
    private static final class Lanes implements Scheduler {
        private final Deque<Runnable> shortWork = new ArrayDeque<>();
        private final Deque<Runnable> blocking = new ArrayDeque<>();

        @Override
        public void execute(Runnable task) {
            shortWork.add(task);
        }

        @Override
        public void executeBlocking(Runnable task) {
            blocking.add(task);
        }

        @Override
        public Cancellable schedule(Duration delay, Runnable task) {
            throw new UnsupportedOperationException("no timers here");
        }
    }
}
