package tscollector.kit.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tscollector.time.Scheduler.Cancellable;

@Timeout(30)
class SystemSchedulerTest {
    private final SystemScheduler scheduler = new SystemScheduler(2);

    @AfterEach
    void close() {
        scheduler.close();
    }

    @Test
    void runsShortWorkOnFewNamedDaemonThreads() throws Exception {
        List<String> names = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch ran = new CountDownLatch(100);
        for (int task = 0; task < 100; task++) {
            scheduler.execute(() -> {
                names.add(Thread.currentThread().getName()
                        + Thread.currentThread().isDaemon());
                ran.countDown();
            });
        }

        ran.await();

        assertThat(names).isSubsetOf("work-1true", "work-2true");
    }

    @Test
    void givesEachBlockingTaskAThreadSoThatNothingElseWaits() throws Exception {
        CountDownLatch blocked = new CountDownLatch(50);
        CountDownLatch release = new CountDownLatch(1);
        for (int task = 0; task < 50; task++) {
            scheduler.executeBlocking(() -> {
                blocked.countDown();
                waitFor(release);
            });
        }

        assertThat(blocked.await(10, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<String> free = new CompletableFuture<>();
        scheduler.execute(() -> free.complete("ran"));
        assertThat(free).succeedsWithin(Duration.ofSeconds(10)).isEqualTo("ran");
        release.countDown();
    }

    @Test
    void runsLaterTasksOnTheWorkLaneAndNotBeforeTheirTime() {
        long start = System.nanoTime();
        CompletableFuture<Long> elapsed = new CompletableFuture<>();
        CompletableFuture<String> thread = new CompletableFuture<>();
        CompletableFuture<String> atOnce = new CompletableFuture<>();

        scheduler.schedule(Duration.ofMillis(60), () -> elapsed.complete(System.nanoTime() - start));
        scheduler.schedule(
                Duration.ofMillis(20),
                () -> thread.complete(Thread.currentThread().getName()));
        scheduler.schedule(Duration.ofSeconds(-1), () -> atOnce.complete("ran"));

        assertThat(elapsed)
                .succeedsWithin(Duration.ofSeconds(10))
                .satisfies(nanos -> assertThat(nanos)
                        .isGreaterThanOrEqualTo(Duration.ofMillis(60).toNanos()));
        assertThat(thread)
                .succeedsWithin(Duration.ofSeconds(10))
                .satisfies(name -> assertThat(name).startsWith("work-"));
        assertThat(atOnce).succeedsWithin(Duration.ofSeconds(10)).isEqualTo("ran");
    }

    @Test
    void runsNoTaskThatWasCancelledAndTakesTimesBeyondAnyClock() {
        AtomicInteger runs = new AtomicInteger();
        Cancellable cancelled = scheduler.schedule(Duration.ofMillis(50), runs::incrementAndGet);
        scheduler
                .schedule(Duration.ofSeconds(Long.MAX_VALUE), runs::incrementAndGet)
                .cancel();
        cancelled.cancel();
        cancelled.cancel();
        CompletableFuture<Integer> later = new CompletableFuture<>();
        scheduler.schedule(Duration.ofMillis(100), () -> later.complete(runs.get()));

        assertThat(later).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(0);
    }

    @Test
    void survivesTasksThatThrow() {
        CompletableFuture<String> next = new CompletableFuture<>();
        for (int task = 0; task < 10; task++) {
            scheduler.execute(() -> {
                throw new IllegalStateException("a bug");
            });
        }
        scheduler.schedule(Duration.ofMillis(1), () -> {
            throw new StackOverflowError("another bug");
        });
        scheduler.schedule(
                Duration.ofMillis(20),
                () -> next.complete(Thread.currentThread().getName()));

        assertThat(next)
                .succeedsWithin(Duration.ofSeconds(10))
                .satisfies(name -> assertThat(name).isIn("work-1", "work-2"));
    }

    @Test
    void endsAllThreadsOnCloseAndRunsNothingAfterIt() {
        AtomicInteger runs = new AtomicInteger();
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        scheduler.executeBlocking(() -> interrupted.complete(!waitFor(new CountDownLatch(1))));
        scheduler.schedule(Duration.ofMillis(20), runs::incrementAndGet);

        scheduler.close();
        scheduler.close();
        scheduler.execute(runs::incrementAndGet);
        scheduler.executeBlocking(runs::incrementAndGet);
        scheduler.schedule(Duration.ofMillis(1), runs::incrementAndGet).cancel();

        assertThat(interrupted).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(true);
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().matches("(work|timer)-\\d+") && thread.isAlive()));
        assertThat(runs).hasValue(0);
    }

    private static boolean waitFor(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}
