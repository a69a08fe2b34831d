package tscollector.processor.naming;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tscollector.processor.Built;
import tscollector.signal.Metric;
import tscollector.signal.MetricBatch;
import tscollector.signal.MetricSpec;
import tscollector.testkit.Batches;
import tscollector.testkit.CollectingConsumer;
import tscollector.testkit.TestContext;

/** The 21 metrics of the official check's {@code metrics.py}, written down a second time from its documentation. */
class OfficialMetricTest {
    private static final Map<String, String> GAUGES = Map.ofEntries(
            entry("CPUUtilization", "cpu.utilization"),
            entry("DiskAvailable", "disk.available"),
            entry("DiskUsage", "disk.used"),
            entry("DiskUtilization", "disk.utilization"),
            entry("MemoryAvailable", "memory.available"),
            entry("MemoryUsed", "memory.used"),
            entry("MemoryUtilization", "memory.utilization"),
            entry("QueueTime", "queue.time"),
            entry("WorkerLoadTime", "worker.load_time"),
            entry("WorkerThreadTime", "worker.thread_time"),
            entry("GPUUtilization", "gpu.utilization"),
            entry("GPUMemoryUtilization", "gpu.memory.utilization"),
            entry("GPUMemoryUsed", "gpu.memory.used"),
            entry("HandlerTime", "handler_time"),
            entry("PredictionTime", "prediction_time"));
    private static final Map<String, String> COUNTERS = Map.ofEntries(
            entry("Requests2XX", "requests.2xx.count"),
            entry("Requests4XX", "requests.4xx.count"),
            entry("Requests5XX", "requests.5xx.count"),
            entry("ts_inference_latency_microseconds", "inference.latency.count"),
            entry("ts_inference_requests_total", "inference.count"),
            entry("ts_queue_latency_microseconds", "queue.latency.count"));

    @Test
    void eachIsSentUnderItsOfficialName() throws Exception {
        Batches scrape = new Batches();
        Map<String, String> expected = new TreeMap<>();
        GAUGES.forEach((exposed, sent) -> {
            scrape.gauge(exposed, 1, "Level", "Host");
            expected.put("torchserve.openmetrics." + sent, "DOUBLE_GAUGE");
        });
        COUNTERS.forEach((exposed, sent) -> {
            scrape.counter(exposed, 1, "Level", "Host");
            expected.put("torchserve.openmetrics." + sent, "DOUBLE_SUM");
        });
        CollectingConsumer<MetricBatch> next = CollectingConsumer.metrics();

        Built.metrics(new NamingFactory(), new TestContext("torchserve_naming").build(), NamingConfig.defaults(), next)
                .consume(scrape.batch());

        Map<String, String> sent = new TreeMap<>();
        next.allMetrics()
                .forEach(metric -> sent.put(metric.name(), metric.type().name()));
        assertThat(sent).hasSize(21).isEqualTo(expected);
    }

    @Test
    void whatIsSentIsWhatTheReferencePageDeclares() throws Exception {
        Batches scrape = new Batches();
        for (OfficialMetric official : OfficialMetric.values()) {
            if (official.kind() == MetricSpec.Kind.COUNTER) {
                scrape.counter(official.exposedName(), 1);
            } else {
                scrape.gauge(official.exposedName(), 1);
            }
        }
        CollectingConsumer<MetricBatch> next = CollectingConsumer.metrics();

        Built.metrics(new NamingFactory(), new TestContext("torchserve_naming").build(), NamingConfig.defaults(), next)
                .consume(scrape.batch());

        List<MetricSpec> declared = new NamingFactory()
                .descriptor().metrics().stream()
                        .filter(spec ->
                                !spec.name().contains(".telemetry.")) // those are sent only where they are wanted
                        .toList();
        assertThat(next.allMetrics())
                .extracting(Metric::name)
                .isEqualTo(declared.stream().map(MetricSpec::name).toList());
        assertThat(next.allMetrics())
                .extracting(Metric::unit)
                .isEqualTo(declared.stream().map(MetricSpec::unit).toList());
        assertThat(next.allMetrics())
                .extracting(Metric::description)
                .isEqualTo(declared.stream().map(MetricSpec::description).toList());
    }
}
