package tscollector.kit.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.common.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tscollector.component.Deadline;
import tscollector.kit.scrape.ScrapeLoop.Target;
import tscollector.kit.time.SystemScheduler;
import tscollector.testkit.TestContext;

class ScrapeLoopTest {
    private static final Duration INTERVAL = Duration.ofSeconds(15);

    private final TestContext test = new TestContext("torchserve/gpu-a");
    private final List<Long> millis = new ArrayList<>();

    @Test
    void asksOneTargetAtOnceAndThenOnTheGrid() {
        start(config(INTERVAL, Duration.ZERO), target("a", CompletableFuture.completedFuture(null)));

        advance(Duration.ofSeconds(46));

        assertThat(millis).containsExactly(0L, 15_000L, 30_000L, 45_000L);
    }

    @Test
    void waitsForTheInitialDelayFirst() {
        start(config(INTERVAL, Duration.ofSeconds(2)), target("a", CompletableFuture.completedFuture(null)));

        advance(Duration.ofSeconds(20));

        assertThat(millis).containsExactly(2_000L, 17_000L);
    }

    @Test
    void spreadsSeveralTargetsEvenlyAndKeepsTheirPlaces() {
        Map<String, List<Long>> times = new TreeMap<>();
        List<Target> targets = IntStream.range(0, 1_000)
                .mapToObj(index -> new Target("http://host-" + index + ":8082/metrics", () -> {
                    times.computeIfAbsent("host-" + index, any -> new ArrayList<>())
                            .add(nowMillis());
                    return CompletableFuture.completedFuture(null);
                }))
                .toList();
        ScrapeLoop.start(test.build(), config(INTERVAL, Duration.ZERO), targets);
        assertThat(test.scheduler().timerCount()).isEqualTo(1);

        advance(INTERVAL.minusNanos(1));

        assertThat(times).hasSize(1_000);
        int[] perSecond = new int[15];
        times.values().forEach(at -> perSecond[(int) (at.get(0) / 1_000)]++);
        assertThat(perSecond)
                .satisfies(all -> assertThat(IntStream.of(all)).allMatch(count -> count > 40 && count < 95));
        assertThat(times.values()).allMatch(at -> at.get(0) % 50 == 0);

        advance(INTERVAL.multipliedBy(2));

        assertThat(times.values())
                .allSatisfy(at -> assertThat(at).containsExactly(at.get(0), at.get(0) + 15_000, at.get(0) + 30_000));
    }

    @Test
    void skipsTheTicksThatALongRunCoversAndCountsThem() {
        CompletableFuture<Void> running = new CompletableFuture<>();
        start(config(INTERVAL, Duration.ZERO), target("a", running));
        advance(Duration.ofSeconds(40));
        assertThat(millis).containsExactly(0L);

        running.complete(null);
        advance(Duration.ofSeconds(10));

        assertThat(millis).containsExactly(0L, 45_000L);
        assertThat(test.telemetry().counts()).containsExactlyEntriesOf(Map.of("skipped runs", 2L));
    }

    @Test
    void goesOnAfterScrapersThatThrowOrFail() {
        start(
                config(INTERVAL, Duration.ZERO),
                new Target("throws", () -> {
                    millis.add(-1L);
                    throw new IllegalStateException("a bug");
                }),
                new Target("fails", () -> {
                    millis.add(-2L);
                    return CompletableFuture.failedFuture(new IllegalStateException("another bug"));
                }),
                target("works", CompletableFuture.completedFuture(null)));

        advance(Duration.ofSeconds(44));

        assertThat(millis).hasSize(9);
        assertThat(test.telemetry().counts()).containsExactlyEntriesOf(Map.of("broken runs", 6L));
    }

    @Test
    void delaysNoTargetForOneThatHangs() {
        start(
                config(INTERVAL, Duration.ZERO),
                new Target("hangs", CompletableFuture::new),
                target("works", CompletableFuture.completedFuture(null)));

        advance(Duration.ofMinutes(1).minusMillis(1));

        assertThat(millis).hasSize(4);
    }

    @Test
    void runsOnceAfterTheProcessSleptAndKeepsTheGrid() {
        long[] slept = {0};
        Clock steps = new Clock() {
            @Override
            public long now() {
                return test.scheduler().clock().now() + slept[0];
            }

            @Override
            public long nanoTime() {
                return test.scheduler().clock().nanoTime() + slept[0];
            }
        };
        List<Long> seconds = new ArrayList<>();
        Target target = new Target("a", () -> {
            seconds.add(steps.nanoTime() / 1_000_000_000);
            return CompletableFuture.completedFuture(null);
        });
        ScrapeLoop.start(test.build(test.scheduler(), steps), config(INTERVAL, Duration.ZERO), List.of(target));
        advance(Duration.ofSeconds(1));

        slept[0] = Duration.ofSeconds(602).toNanos();
        advance(Duration.ofSeconds(30));

        assertThat(seconds).containsExactly(0L, 617L, 630L);
        assertThat(test.telemetry().count("skipped runs")).isEqualTo(40);
    }

    @Test
    void beginsNothingAfterStopAndLeavesNoTimer() {
        ScrapeLoop loop = start(config(INTERVAL, Duration.ZERO), target("a", CompletableFuture.completedFuture(null)));
        advance(Duration.ofSeconds(1));

        loop.stop();
        loop.stop();
        advance(Duration.ofMinutes(1));

        assertThat(millis).containsExactly(0L);
        assertThat(test.scheduler().timerCount()).isZero();
        loop.close(Deadline.in(Duration.ofSeconds(1), test.scheduler().clock()));
    }

    @Test
    void closeWaitsNoLongerThanTheDeadlineForARunThatHangs() {
        ScrapeLoop loop = start(config(INTERVAL, Duration.ZERO), target("a", new CompletableFuture<>()));
        advance(Duration.ofSeconds(1));

        loop.close(Deadline.in(Duration.ofMillis(20), test.scheduler().clock()));

        assertThat(millis).containsExactly(0L);
    }

    @Test
    @Timeout(30)
    void keepsTimeWithRealThreadsWhateverAHangingTargetDoes() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        AtomicInteger overlaps = new AtomicInteger();
        AtomicInteger underWay = new AtomicInteger();
        CountDownLatch enough = new CountDownLatch(20);
        try (SystemScheduler scheduler = new SystemScheduler()) {
            Target works = new Target("works", () -> {
                overlaps.addAndGet(underWay.getAndIncrement());
                runs.incrementAndGet();
                CompletableFuture<Void> run = new CompletableFuture<>();
                scheduler.executeBlocking(() -> {
                    underWay.decrementAndGet();
                    run.complete(null);
                    enough.countDown();
                });
                return run;
            });
            long start = System.nanoTime();
            ScrapeLoop loop = ScrapeLoop.start(
                    test.build(scheduler, Clock.getDefault()),
                    config(Duration.ofMillis(20), Duration.ZERO),
                    List.of(works, new Target("hangs", CompletableFuture::new)));

            enough.await();
            long elapsed = System.nanoTime() - start;
            loop.close(Deadline.in(Duration.ofMillis(50), Clock.getDefault()));
            int last = runs.get();
            new CountDownLatch(1).await(60, TimeUnit.MILLISECONDS);

            assertThat(elapsed).isGreaterThan(Duration.ofMillis(19 * 20 - 20).toNanos());
            assertThat(overlaps).hasValue(0);
            assertThat(runs).hasValue(last);
            assertThat(test.telemetry().count(ScrapeLoop.SKIPPED_RUNS)).isGreaterThan(10);
        }
    }

    private ScrapeLoop start(ScrapeConfig config, Target... targets) {
        return ScrapeLoop.start(test.build(), config, List.of(targets));
    }

    private Target target(String name, CompletableFuture<?> run) {
        return new Target(name, () -> {
            millis.add(nowMillis());
            return run;
        });
    }

    private void advance(Duration time) {
        test.scheduler().advance(time);
    }

    private long nowMillis() {
        return test.scheduler().clock().nanoTime() / 1_000_000;
    }

    private static ScrapeConfig config(Duration interval, Duration initialDelay) {
        return new ScrapeConfig(interval, initialDelay, null);
    }
}
