package tscollector.kit.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tscollector.kit.http.BodyBudget.Share;

class BodyBudgetTest {
    private static final long FREE = BodyBudget.FREE_BYTES;

    private final BodyBudget budget = new BodyBudget(1_000);
    private final List<String> heard = new ArrayList<>();

    @Test
    void countsNothingForTheFirstPartOfEachAnswer() {
        for (int answer = 0; answer < 1_000; answer++) {
            assertThat(open("small").grow(FREE)).isTrue();
        }
        assertThat(budget.used()).isZero();
    }

    @Test
    void grantsUpToTheLimitAndTakesBackOnce() {
        Share share = open("a");
        assertThat(share.grow(FREE + 600)).isTrue();
        assertThat(share.grow(FREE + 1_000)).isTrue();
        assertThat(budget.used()).isEqualTo(1_000);

        share.close();
        share.close();

        assertThat(budget.used()).isZero();
        assertThat(share.grow(FREE + 1)).as("closed").isFalse();
    }

    @Test
    void letsOthersWaitInTheirOrderUntilThereIsRoom() {
        Share first = open("first");
        assertThat(first.grow(FREE + 900)).isTrue();
        assertThat(open("second").grow(FREE + 300)).isFalse();
        assertThat(open("third").grow(FREE + 50)).as("room, but not its turn").isFalse();
        assertThat(heard).isEmpty();

        first.close();

        assertThat(heard).containsExactly("second granted", "third granted");
        assertThat(budget.used()).isEqualTo(350);
    }

    @Test
    void shrinksToWhatIsReallyHeld() {
        Share share = open("a");
        share.grow(FREE + 1_000);
        share.force(FREE + 100);
        assertThat(budget.used()).isEqualTo(100);
        share.force(5);
        assertThat(budget.used()).isZero();
    }

    @Test
    void endsTheLargestWhenAllWhoHoldMemoryWait() {
        Share large = open("large");
        Share small = open("small");
        large.grow(FREE + 700);
        small.grow(FREE + 300);
        assertThat(large.grow(FREE + 1_400)).isFalse();
        assertThat(heard).isEmpty();

        assertThat(small.grow(FREE + 600)).isFalse();

        assertThat(heard).containsExactly("large ended");
        large.close();
        assertThat(heard).containsExactly("large ended", "small granted");
    }

    @Test
    void endsAtOnceWhatCanNeverFit() {
        assertThat(open("huge").grow(FREE + 1_001)).isFalse();

        assertThat(heard).containsExactly("huge ended");
    }

    @Test
    void forgetsAWaiterThatLeaves() {
        Share holder = open("holder");
        holder.grow(FREE + 1_000);
        Share waiter = open("waiter");
        waiter.grow(FREE + 1_000);

        waiter.close();
        holder.close();

        assertThat(heard).isEmpty();
        assertThat(budget.used()).isZero();
    }

    @Test
    void neverExceedsTheLimitNorStallsInAnyOrderOfEvents() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 300; round++) {
            BodyBudget any = new BodyBudget(1_000);
            List<Probe> probes = new ArrayList<>();
            for (int step = 0; step < 100; step++) {
                Probe probe;
                if (probes.size() < 5 || random.nextInt(4) == 0) {
                    probe = new Probe();
                    probe.share = any.open(probe);
                    probes.add(probe);
                } else {
                    probe = probes.get(random.nextInt(probes.size()));
                }
                if (probe.ended || random.nextInt(5) == 0) {
                    probe.share.close();
                    probes.remove(probe);
                } else if (!probe.waits) {
                    probe.held += random.nextInt(400);
                    probe.waits = !probe.share.grow(FREE + probe.held) && !probe.answered;
                    probe.answered = false;
                }
                assertThat(any.used()).as("seed %d", seed).isBetween(0L, 1_000L);
                assertThat(probes.isEmpty() || probes.stream().anyMatch(one -> !one.waits))
                        .as("somebody can go on, seed %d", seed)
                        .isTrue();
            }
            probes.forEach(probe -> probe.share.close());
            assertThat(any.used()).as("seed %d", seed).isZero();
        }
    }

    private Share open(String name) {
        return budget.open(new BodyBudget.Listener() {
            @Override
            public void onGranted() {
                heard.add(name + " granted");
            }

            @Override
            public void onEnded() {
                heard.add(name + " ended");
            }
        });
    }

    /** What a share was told last; an answer may come within the very call that asks. */
    private static final class Probe implements BodyBudget.Listener {
        private Share share;
        private long held;
        private boolean waits;
        private boolean ended;
        private boolean answered;

        @Override
        public void onGranted() {
            waits = false;
            answered = true;
        }

        @Override
        public void onEnded() {
            waits = false;
            answered = true;
            ended = true;
        }
    }
}
