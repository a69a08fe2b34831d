package tscollector.kit.delta;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.PointData;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import tscollector.component.Deadline;
import tscollector.component.Kind;
import tscollector.kit.delta.DeltaRules.InitialValue;
import tscollector.signal.Shape;
import tscollector.testkit.Batches;
import tscollector.testkit.MemoryStorage;
import tscollector.testkit.TestContext;

/**
 * A server with counters that come, go, fall and turn to nonsense, watched over several lives of the process: what is sent is what
 * {@link SlowDeltas} says, whatever shapes it came in.
 */
class CounterDeltasPropertyTest {
    private static final int RUNS = 300;

    private final long seed = new SplittableRandom().nextLong();
    private final SplittableRandom random = new SplittableRandom(seed);
    private final TestContext test = new TestContext("cumulativetodelta");
    private final MemoryStorage storage = new MemoryStorage();
    private final Map<String, Double> values = new LinkedHashMap<>();
    private final Map<String, Double> starts = new HashMap<>();
    private final Map<List<String>, Shape> shapes = new HashMap<>();
    private double now = 1;
    private double lastScrape = 1;

    @RepeatedTest(20)
    void everyPointIsWhatTheRulesSay() throws Exception {
        InitialValue rule = List.of(InitialValue.values()).get(random.nextInt(4));
        CounterDeltas deltas = life(rule);
        SlowDeltas slow = new SlowDeltas(rule, 0, null);
        for (int run = 0; run < RUNS; run++) {
            boolean newLife = random.nextInt(40) == 0;
            if (newLife) {
                deltas.shutdown(Deadline.in(Duration.ofSeconds(1), test.build().clock()));
                deltas = life(rule);
                slow = new SlowDeltas(rule, test.build().clock().now() / 1e9 - Batches.TIME / 1e9, slow);
                shapes.clear();
            }
            step(newLife);
            check(deltas, slow, run);
        }
    }

    private CounterDeltas life(InitialValue rule) throws Exception {
        CounterDeltas deltas = new CounterDeltas(test.build(), DeltaRules.of(rule));
        deltas.start(storage.open(Kind.PROCESSOR, test.build().id(), ""));
        return deltas;
    }

    /** The server goes on: counters rise, fall, come and go; times are what our receivers write. */
    private void step(boolean newLife) {
        test.scheduler().advance(Duration.ofSeconds(15));
        lastScrape = now;
        now = random.nextInt(20) == 0 ? now : now + 15;
        for (String name : List.of("a", "b", "c", "d")) {
            int what = random.nextInt(12);
            if (what == 0) {
                values.remove(name);
            } else if (what == 1 || !values.containsKey(name)) {
                values.put(name, (double) random.nextInt(10));
                starts.put(name, random.nextInt(3) == 0 ? now : lastScrape);
            } else {
                values.merge(name, (double) random.nextInt(5), Double::sum);
            }
            if (newLife) {
                starts.put(name, now);
            }
        }
    }

    private void check(CounterDeltas deltas, SlowDeltas slow, int run) {
        List<DoublePointData> points = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        values.forEach((name, value) -> {
            double said = random.nextInt(25) == 0 ? Double.NaN : value;
            Attributes attributes = Batches.attributes("n", name);
            points.add(Scrapes.number(starts.get(name), now, attributes, said));
            SlowDeltas.Sent sent = slow.next(name, starts.get(name), now, said);
            if (sent != null) {
                expected.add(name + " " + sent.since() + " " + now + " " + sent.value());
            }
        });
        if (points.isEmpty()) {
            return;
        }
        Scrapes scrape = new Scrapes().counter("c", points.toArray(DoublePointData[]::new));
        Shape shape = shapes.computeIfAbsent(List.copyOf(values.keySet()), any -> new Shape());

        List<String> actual = Scrapes.points(deltas.convert(scrape.batch(shape))).stream()
                .map(CounterDeltasPropertyTest::describe)
                .toList();

        assertThat(actual).as("seed %d, run %d", seed, run).isEqualTo(expected);
    }

    private static String describe(PointData point) {
        String name = point.getAttributes().asMap().values().iterator().next().toString();
        return name + " " + seconds(point.getStartEpochNanos()) + " " + seconds(point.getEpochNanos()) + " "
                + ((DoublePointData) point).getValue();
    }

    private static double seconds(long nanos) {
        return (nanos - Batches.TIME) / 1e9;
    }
}
