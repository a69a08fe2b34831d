package tscollector.processor.naming;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tscollector.processor.Built;
import tscollector.processor.Processor;
import tscollector.signal.MetricBatch;
import tscollector.testkit.CollectingConsumer;
import tscollector.testkit.TestContext;

/** Gauges that an entry calls counters start as counters do. Runs are 15 s apart. */
class CounterStartsTest {
    private final CollectingConsumer<MetricBatch> next = CollectingConsumer.metrics();
    private final Exposition target = new Exposition();

    @Test
    void firstRunThenTheRunBeforeTheSeriesAppearedOrFell() throws Exception {
        Processor<MetricBatch> processor = Built.metrics(
                new NamingFactory(),
                new TestContext("torchserve_naming").build(),
                Written.yaml("{extra_metrics: [{a: {type: counter}}]}"),
                next);
        String[] pages = {
            "a{z=\"1\"} 5\n",
            "a{z=\"1\"} 6\na{z=\"2\"} 1\n",
            "a{z=\"1\"} 2\na{z=\"2\"} 1\n",
            "a{z=\"1\"} 2\na{z=\"2\"} 3\n"
        };
        for (int run = 0; run < pages.length; run++) {
            processor.consume(target.run(run, "# TYPE a gauge\n" + pages[run]));
        }

        assertThat(next.batches().stream().map(CounterStartsTest::secondsSinceStart))
                .containsExactly(
                        Map.of("1", 0L),
                        Map.of("1", 15L, "2", 15L),
                        Map.of("1", 15L, "2", 30L),
                        Map.of("1", 30L, "2", 45L));
    }

    @Test
    void strictBelievesTheReceiver() throws Exception {
        Processor<MetricBatch> processor = Built.metrics(
                new NamingFactory(),
                new TestContext("torchserve_naming").build(),
                Written.yaml("{compat: strict, extra_metrics: [{a: {type: counter}}]}"),
                next);

        processor.consume(target.run(1, "# TYPE a gauge\na{z=\"1\"} 5\n")); // which says a nanosecond before run 0

        assertThat(secondsSinceStart(next.last())).containsExactly(Map.entry("1", 15L));
    }

    private static Map<String, Long> secondsSinceStart(MetricBatch batch) {
        Map<String, Long> seconds = new TreeMap<>();
        batch.groups()
                .get(0)
                .metrics()
                .get(0)
                .data()
                .getPoints()
                .forEach(point -> seconds.put(
                        point.getAttributes().get(AttributeKey.stringKey("z")),
                        TimeUnit.NANOSECONDS.toSeconds(point.getEpochNanos() - point.getStartEpochNanos())));
        return seconds;
    }
}
