package tscollector.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static tscollector.simulator.Api.INFERENCE;
import static tscollector.simulator.Api.METRICS;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsGoldenTest {
    private static final List<String> HOST = List.of("Host", "ts-host");

    private TorchServeSimulator server = CapturedServers.session().start();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void writesEveryFamilyFromTheStartAsTheRealServer() {
        RawClient.get(server, INFERENCE, "/ping");
        load("a02-metrics-fresh");

        Capture.assertSamePage(RawClient.get(server, METRICS, "/metrics"), "prometheus/a02-metrics-fresh.http");
    }

    @Test
    void writesThePageAfterTrafficWithHistogramsAndTheRealOrderOfSeries() {
        observeHistogram();
        load("e01-metrics");

        Capture.assertSamePage(RawClient.get(server, METRICS, "/metrics"), "prometheus/e01-metrics.http");
    }

    @Test
    void keepsSeriesOfWorkersAndOddNames() {
        observeHistogram();
        load("h05-metrics-stale-workers");

        Capture.assertSamePage(RawClient.get(server, METRICS, "/metrics"), "prometheus/h05-metrics-stale-workers.http");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "e03-metrics-filter ?name[]=ts_inference_requests_total&name[]=Requests2XX",
                "e05-metrics-filter-hist ?name[]=ExampleHistogram",
                "e06-metrics-filter-hist-bucket ?name%5B%5D=ExampleHistogram_bucket",
                "e07-metrics-filter-none ?name[]=nosuch",
                "e08-metrics-filter-empty ?name[]=",
            })
    void filtersOnSampleNames(String line) {
        String[] nameAndQuery = line.split(" ", 2);
        observeHistogram();
        load("e01-metrics");
        load(nameAndQuery[0]);

        Capture.assertSamePage(
                RawClient.get(server, METRICS, "/metrics" + nameAndQuery[1]),
                "prometheus/" + nameAndQuery[0] + ".http");
    }

    @Test
    void looksNeitherAtMethodNorAtFurtherSegmentsNorAtHeaders() {
        for (Reply reply : List.of(
                RawClient.send(server, METRICS, "POST", "/metrics"),
                RawClient.get(server, METRICS, "/metrics/anything"),
                RawClient.get(server, METRICS, "/metrics", "Accept: application/openmetrics-text; version=1.0.0"),
                RawClient.get(server, METRICS, "/metrics", "Accept-Encoding: gzip"))) {
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.header("content-type")).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
            assertThat(reply.body()).startsWith("# HELP ").doesNotContain("# EOF");
        }
    }

    @Test
    void countsEachScrapeInTheNextOne() {
        RawClient.get(server, METRICS, "/metrics");
        Reply second = RawClient.get(server, METRICS, "/metrics");
        RawClient.get(server, METRICS, "/nosuch");
        server.setHealthy(false);
        RawClient.get(server, INFERENCE, "/ping");
        Reply last = RawClient.get(server, METRICS, "/metrics");

        assertThat(second.body()).contains("Requests2XX{Level=\"Host\",Hostname=\"ts-host\",} 1.0\n");
        assertThat(last.body())
                .contains("Requests2XX{Level=\"Host\",Hostname=\"ts-host\",} 2.0\n")
                .contains("Requests4XX{Level=\"Host\",Hostname=\"ts-host\",} 1.0\n")
                .contains("Requests5XX{Level=\"Host\",Hostname=\"ts-host\",} 1.0\n");
    }

    @Test
    void isEmptyInLogMode() {
        restart(TorchServeSimulator.builder().mode(MetricsMode.LOG).model(CapturedServers.REGRESSION_1));

        Capture.assertSame(RawClient.get(server, METRICS, "/metrics"), "log/a01-metrics-fresh.http");
        server.inference("linear_regression", null, 200, 1_000, 10);
        Capture.assertSame(RawClient.get(server, METRICS, "/metrics"), "log/a02-metrics.http");
    }

    @Test
    void hasThreeFamiliesInLegacyMode() {
        restart(TorchServeSimulator.builder().mode(MetricsMode.LEGACY));

        Capture.assertSamePage(RawClient.get(server, METRICS, "/metrics"), "legacy/a01-metrics-fresh.http");
        Capture.load(server, "legacy/a02-metrics.http");
        Capture.assertSamePage(RawClient.get(server, METRICS, "/metrics"), "legacy/a02-metrics.http");
    }

    @Test
    void writesGpuFamiliesWithDeviceIds() {
        restart(TorchServeSimulator.builder().gpus(2));
        String families = "?name[]=GPUUtilization&name[]=GPUMemoryUsed&name[]=GPUMemoryUtilization";
        Capture.load(server, "gpu-simulated/u03-metrics.http");

        String page = RawClient.get(server, METRICS, "/metrics" + families).body();

        String captured = Capture.text("gpu-simulated/u03-metrics.http");
        assertThat(page.lines())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(captured).contains(line + "\n"));
        assertThat(page.lines().filter(line -> !line.startsWith("#"))).hasSize(6);
    }

    @Test
    void writesThePageInTheCharsetOfItsMachine() {
        restart(TorchServeSimulator.builder().metricsCharset(StandardCharsets.US_ASCII));
        server.registerModel(ModelSettings.of("caf\u00e9", "1.0", "noop.mar"));
        server.registerModel(ModelSettings.of("caf\u00e8", "1.0", "noop.mar"));
        server.inference("caf\u00e9", null, 200, 1_000, 10);
        server.inference("caf\u00e8", null, 200, 1_000, 10);

        String page = RawClient.get(server, METRICS, "/metrics").latin1Body();

        String twice =
                "ts_inference_requests_total{model_name=\"caf?\",model_version=\"default\",hostname=\"ts-host\",} 1.0\n";
        assertThat(page).contains(twice + twice);
    }

    @ParameterizedTest
    @EnumSource(MetricsMode.class)
    void keepsTheOrderOfFamiliesWithinAProcessAndChangesItWithTheSeed(MetricsMode mode) {
        restart(TorchServeSimulator.builder().mode(mode).seed(7));
        String first = families();
        assertThat(families()).isEqualTo(first);

        restart(TorchServeSimulator.builder().mode(mode).seed(8));
        if (mode == MetricsMode.PROMETHEUS) {
            assertThat(families()).isNotEqualTo(first);
        }
    }

    private String families() {
        StringBuilder names = new StringBuilder();
        RawClient.get(server, METRICS, "/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("# TYPE"))
                .forEach(line -> names.append(line).append('\n'));
        return names.toString();
    }

    private void restart(TorchServeSimulatorBuilder builder) {
        server.close();
        server = builder.start();
    }

    private void load(String capture) {
        Capture.load(server, "prometheus/" + capture + ".http");
    }

    private void observeHistogram() {
        // The handler's observations behind the captured buckets, two runs of its command.
        for (int run = 0; run < 2; run++) {
            server.updateMetric("ExampleHistogram", List.of("en", "chatty", "Model", "ts-host"), 0.07);
            server.updateMetric("ExampleHistogram", List.of("en", "chatty", "Model", "ts-host"), 42);
        }
        assertThat(server.metricValue("CPUUtilization", HOST)).isIn(0.0, 100.0);
    }
}
