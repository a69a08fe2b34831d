package tscollector.app.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.sdk.common.Clock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tscollector.app.interop.OtlpFile.Point;
import tscollector.app.interop.RandomMetrics.Kind;

/** Our {@code cumulativetodelta} and the Collector's, with the same settings, over the same requests. */
class CollectorDeltasInteropIT {
    private static final long SECOND = 1_000_000_000L;
    private static final Map<String, String> SETTINGS = settings();

    @TempDir
    private Path folder;

    private static Map<String, String> settings() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("auto", "initial_value: auto");
        all.put("keep", "initial_value: keep");
        all.put("drop", "initial_value: drop");
        all.put("strict", "include: {match_type: strict, metrics: [counter.0, cumulative_histogram.1, gauge.0]}");
        all.put("regexp", "include: {match_type: regexp, metrics: ['r\\.[0-9]$', '^cumulative_exp']}");
        all.put("not_regexp", "exclude: {match_type: regexp, metrics: ['ogram', 'counter\\.2']}");
        all.put("types", "include: {metric_types: [sum, exponentialhistogram]}");
        all.put("not_types", "exclude: {metric_types: [histogram]}");
        all.put(
                "both",
                "include: {match_type: regexp, metrics: ['^c'], metric_types: [histogram, sum]},"
                        + " exclude: {match_type: strict, metrics: [counter.1]}, initial_value: drop");
        all.put("either", "exclude: {match_type: regexp, metrics: ['^counter'], metric_types: [histogram]}");
        return all;
    }

    @Test
    @DisplayName("R11 R12 the same deltas with the same start times, and the same points dropped, whatever is chosen")
    void randomSeries() throws Exception {
        long seed = new SplittableRandom().nextLong();
        try {
            compareRandom(seed);
        } catch (AssertionError e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    private void compareRandom(long seed) throws Exception {
        Clock clock = Clock.getDefault();
        Map<String, OurDeltas> ours = new LinkedHashMap<>();
        for (Map.Entry<String, String> each : SETTINGS.entrySet()) {
            ours.put(each.getKey(), new OurDeltas(clock, each.getValue(), folder.resolve(each.getKey() + ".ours")));
        }
        CollectorDeltas collector = new CollectorDeltas(folder.resolve("collector"), SETTINGS);
        try (collector) {
            // The Collector sends nothing of a counter that fell without saying so; see keepsWhatAResetCounted.
            for (ExportMetricsServiceRequest request : new RandomMetrics(
                            seed, Instant.now().plusSeconds(60), EnumSet.allOf(Kind.class), Set.of())
                    .scrapes(25)) {
                collector.send(request);
                for (OurDeltas one : ours.values()) {
                    one.send(request);
                }
            }
        }
        for (Map.Entry<String, OurDeltas> each : ours.entrySet()) {
            List<Point> theirs = collector.points(each.getKey());
            assertThat(theirs).hasSizeGreaterThan(300);
            // By keep, the Collector's first points have no start time.
            Predicate<Point> isFirstKept = point -> each.getKey().equals("keep") && point.start() == 0;
            List<String> lost = theirs.stream()
                    .filter(isFirstKept)
                    .map(CollectorDeltasInteropIT::withoutStart)
                    .toList();
            List<String> ourLines = new ArrayList<>();
            for (Point point : each.getValue().points()) {
                ourLines.add(lost.contains(withoutStart(point)) ? withoutStart(point) : point.toString());
            }
            OtlpFile.assertSame(
                    ourLines,
                    theirs.stream()
                            .map(point -> isFirstKept.test(point) ? withoutStart(point) : point.toString())
                            .toList());
        }
    }

    private static String withoutStart(Point point) {
        return new Point(
                        point.resource(),
                        point.scope(),
                        point.name(),
                        point.kind(),
                        point.unit(),
                        point.description(),
                        point.attributes(),
                        0,
                        point.time(),
                        point.value())
                .toString();
    }

    @Test
    @DisplayName("R11 a series without points for max_staleness is new again, and another is not")
    void maxStaleness() throws Exception {
        String settings = "initial_value: keep, max_staleness: 2s";
        AtomicLong now = new AtomicLong(Clock.getDefault().now());
        long real = now.get();
        CollectorDeltas collector = new CollectorDeltas(folder.resolve("collector"), Map.of("stale", settings));
        try (collector) {
            // The Collector looks at the points' own times, we at when they came.
            collector.send(new OtlpPoints()
                    .counter("old", 1, real - 10 * SECOND, 7)
                    .counter("young", 1, real + 600 * SECOND, 7)
                    .request());
            awaitSweeps(collector, real);
            collector.send(new OtlpPoints()
                    .counter("old", 1, real + 601 * SECOND, 9)
                    .counter("young", 1, real + 601 * SECOND, 9)
                    .request());
        }
        List<String> theirs = numbers(collector.points("stale"));
        OurDeltas ours = new OurDeltas(clock(now), settings, folder.resolve("stale.ours"));
        ours.send(new OtlpPoints().counter("old", 1, real - 10 * SECOND, 7).request());
        now.addAndGet(Duration.ofMillis(1500).toNanos());
        ours.send(new OtlpPoints().counter("young", 1, real + 600 * SECOND, 7).request());
        now.addAndGet(SECOND);
        ours.send(new OtlpPoints()
                .counter("old", 1, real + 601 * SECOND, 9)
                .counter("young", 1, real + 601 * SECOND, 9)
                .request());

        assertThat(theirs).containsExactlyInAnyOrder("old 7.0", "young 7.0", "old 9.0", "young 2.0");
        assertThat(numbers(ours.points())).containsExactlyInAnyOrderElementsOf(theirs);
    }

    /** A counter with points of long ago is forgotten each time that the Collector looks. */
    private static void awaitSweeps(CollectorDeltas collector, long real) {
        AtomicLong value = new AtomicLong();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    long next = value.incrementAndGet();
                    collector.send(new OtlpPoints()
                            .counter("canary", 1, real - 3600 * SECOND + next, (double) next)
                            .request());
                    return collector.points("stale").stream()
                                    .filter(point -> point.name().equals("canary") && point.start() == 0)
                                    .count()
                            >= 3; // the first of all, and after two sweeps
                });
    }

    private static List<String> numbers(List<Point> points) {
        return points.stream()
                .filter(point -> !point.name().equals("canary"))
                .map(point -> point.name() + " " + point.number())
                .toList();
    }

    private static Clock clock(AtomicLong now) {
        return new Clock() {
            @Override
            public long now() {
                return now.get();
            }

            @Override
            public long nanoTime() {
                return Clock.getDefault().nanoTime();
            }
        };
    }
}
