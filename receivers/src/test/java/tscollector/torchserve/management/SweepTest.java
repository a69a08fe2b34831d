package tscollector.torchserve.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SweepTest {
    @Test
    void keepsOrderAndWidth() {
        List<CompletableFuture<String>> begun = new ArrayList<>();
        var result = Sweep.over(List.of(1, 2, 3, 4), 2, () -> true, i -> {
                    begun.add(new CompletableFuture<>());
                    return begun.get(begun.size() - 1);
                })
                .toCompletableFuture();

        assertThat(begun).hasSize(2);
        begun.get(1).complete("");
        assertThat(begun).hasSize(3);
        begun.get(0).complete("");
        begun.get(2).complete("");
        assertThat(result).isNotDone();
        begun.get(3).complete("");
        assertThat(result).isCompleted();
    }

    @Test
    void costsNoStackForStagesThatAreComplete() {
        AtomicInteger runs = new AtomicInteger();
        var result = Sweep.over(IntStream.range(0, 200_000).boxed().toList(), 8, () -> true, i -> {
                    runs.incrementAndGet();
                    return CompletableFuture.completedStage("");
                })
                .toCompletableFuture();

        assertThat(result).isCompleted();
        assertThat(runs).hasValue(200_000);
    }

    @Test
    void endsAtOnceWithNothingToDo() {
        assertThat(Sweep.over(List.of(), 8, () -> true, i -> CompletableFuture.completedStage(""))
                        .toCompletableFuture())
                .isCompleted();
    }

    @Test
    void beginsNoMoreWhenToldToStopButWaitsForWhatRuns() {
        List<CompletableFuture<String>> begun = new ArrayList<>();
        boolean[] goOn = {true};
        var result = Sweep.over(List.of(1, 2, 3, 4), 2, () -> goOn[0], i -> {
                    begun.add(new CompletableFuture<>());
                    return begun.get(begun.size() - 1);
                })
                .toCompletableFuture();
        goOn[0] = false;
        begun.get(0).complete("");

        assertThat(begun).hasSize(2);
        assertThat(result).isNotDone();
        begun.get(1).complete("");
        assertThat(result).isCompleted();
    }

    @Test
    void failsWithATaskThatFails() {
        var result = Sweep.over(List.of(1, 2, 3), 1, () -> true, i -> {
                    if (i == 2) {
                        throw new IllegalStateException("broken");
                    }
                    return CompletableFuture.completedStage("");
                })
                .toCompletableFuture();

        assertThat(result).isCompletedExceptionally();
        assertThat(result.handle((x, e) -> e).join())
                .isInstanceOfAny(IllegalStateException.class, CompletionException.class);
    }

    @Test
    void holdsItsWidthOnManyThreads() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            for (int round = 0; round < 50; round++) {
                AtomicInteger running = new AtomicInteger();
                AtomicInteger most = new AtomicInteger();
                AtomicInteger runs = new AtomicInteger();
                Sweep.over(IntStream.range(0, 500).boxed().toList(), 4, () -> true, i -> {
                            most.accumulateAndGet(running.incrementAndGet(), Math::max);
                            return CompletableFuture.runAsync(
                                    () -> {
                                        runs.incrementAndGet();
                                        running.decrementAndGet();
                                    },
                                    threads);
                        })
                        .toCompletableFuture()
                        .get(30, TimeUnit.SECONDS);

                assertThat(runs).hasValue(500);
                assertThat(most.get()).isLessThanOrEqualTo(4);
                assertThat(running).hasValue(0);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
