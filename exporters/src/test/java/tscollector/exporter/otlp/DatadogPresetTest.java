package tscollector.exporter.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsPartialSuccess;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tscollector.component.Deadline;
import tscollector.component.Descriptor;
import tscollector.config.Config;
import tscollector.config.ConfigBinder;
import tscollector.config.Problems;
import tscollector.consumer.Consumer;
import tscollector.exporter.Exporter;
import tscollector.kit.delivery.Delivery;
import tscollector.signal.MetricBatch;
import tscollector.signal.Signal;
import tscollector.testkit.Batches;
import tscollector.testkit.TestContext;

/** {@code preset: datadog}: R35 to R38 of datadog-intake.md, on the wire. */
class DatadogPresetTest {
    private static final String KEY = "0123456789abcdef0123456789abcdef";

    private final TestContext test = new TestContext("otlp_http/datadog");
    private FakeOtlpBackend backend;

    @BeforeEach
    void open() throws Exception {
        backend = FakeOtlpBackend.plain();
    }

    @AfterEach
    void close() {
        backend.close();
    }

    private static <C extends Config> List<String> problems(Descriptor<C> descriptor, String yaml) {
        Problems problems = new Problems();
        bind(descriptor, yaml, problems);
        return problems.all().stream()
                .map(problem -> problem.path() + " " + problem.text())
                .toList();
    }

    private static <C extends Config> C bind(Descriptor<C> descriptor, String yaml, Problems problems) {
        return ServiceLoader.load(ConfigBinder.class).findFirst().orElseThrow().bind(yaml, descriptor, problems);
    }

    private static OtlpHttpConfig config(String yaml) {
        Problems problems = new Problems();
        OtlpHttpConfig config = bind(new OtlpHttpFactory().descriptor(), yaml, problems);
        assertThat(problems.all()).isEmpty();
        return config;
    }

    private OtlpHttpConfig here(String more) {
        return config("{preset: datadog, api: {key: ' " + KEY + " '}, metrics_endpoint: '" + url()
                + "/m', logs_endpoint: '" + url() + "/l'" + more + "}");
    }

    private String url() {
        return "http://127.0.0.1:" + backend.port();
    }

    private Exporter exporter(OtlpHttpConfig config) throws Exception {
        Exporter exporter = new OtlpHttpFactory().create(test.build(), config, Set.of(Signal.METRICS, Signal.LOGS));
        exporter.start(test.host());
        return exporter;
    }

    private void send(Exporter exporter, MetricBatch batch) throws Exception {
        Consumer<MetricBatch> metrics = exporter.inputs().get(Signal.METRICS);
        assertThat(metrics).isNotNull();
        metrics.consume(batch);
        test.scheduler().advance(Duration.ofMillis(200));
    }

    private static MetricBatch gauges(int count) {
        Batches batch = new Batches();
        for (int i = 0; i < count; i++) {
            batch.gauge("g" + i, i);
        }
        return batch.batch();
    }

    /** Names of the metrics of each request, in order. */
    private List<List<String>> requests() {
        List<List<String>> requests = new ArrayList<>();
        for (FakeOtlpBackend.Received received : backend.received()) {
            List<String> names = new ArrayList<>();
            received.metrics()
                    .getResourceMetricsList()
                    .forEach(resource -> resource.getScopeMetricsList()
                            .forEach(scope -> scope.getMetricsList().forEach(metric -> names.add(metric.getName()))));
            requests.add(names);
        }
        return requests;
    }

    @ParameterizedTest
    @DisplayName("R35 the addresses follow from each of the nine sites")
    @ValueSource(
            strings = {
                "datadoghq.com",
                "us3.datadoghq.com",
                "us5.datadoghq.com",
                "datadoghq.eu",
                "ap1.datadoghq.com",
                "ap2.datadoghq.com",
                "uk1.datadoghq.com",
                "ddog-gov.com",
                "us2.ddog-gov.com"
            })
    void r35Sites(String site) {
        OtlpHttpConfig config = config("{preset: datadog, api: {key: " + KEY + ", site: " + site + "}}");

        assertThat(OtlpHttpFactory.address(config, config.metricsEndpoint(), "v1/metrics"))
                .isEqualTo("https://otlp." + site + "/v1/metrics");
        assertThat(OtlpHttpFactory.address(config, config.logsEndpoint(), "v1/logs"))
                .isEqualTo("https://otlp." + site + "/v1/logs");
    }

    @Test
    @DisplayName("R35 no endpoint is needed, an address of a signal wins alone, and a base address replaces the site's")
    void r35Addresses() {
        OtlpHttpConfig one =
                config("{preset: datadog, api: {key: " + KEY + "}, metrics_endpoint: 'http://a/x', logs_endpoint: }");
        OtlpHttpConfig base = config("{preset: datadog, api: {key: " + KEY + "}, endpoint: 'http://proxy:1/d'}");

        assertThat(OtlpHttpFactory.address(one, one.metricsEndpoint(), "v1/metrics"))
                .isEqualTo("http://a/x");
        assertThat(OtlpHttpFactory.address(one, one.logsEndpoint(), "v1/logs"))
                .isEqualTo("https://otlp.datadoghq.com/v1/logs");
        assertThat(OtlpHttpFactory.address(base, base.logsEndpoint(), "v1/logs"))
                .isEqualTo("http://proxy:1/d/v1/logs");
    }

    @Test
    @DisplayName(
            "R35 the key is trimmed and goes as a header, the settings of metrics as JSON on one line, further headers too")
    void r35Headers() throws Exception {
        Exporter exporter = exporter(here(", headers: {dd-otlp-source: llm, dd-protocol: otlp}"));
        send(exporter, gauges(1));
        exporter.inputs().get(Signal.LOGS).consume(Batches.event("torchserve.model.added", "resnet was added"));
        test.scheduler().advance(Duration.ofMillis(200));

        assertThat(backend.received()).hasSize(2);
        FakeOtlpBackend.Received metrics = backend.received().get(0);
        assertThat(metrics.path()).isEqualTo("/m");
        assertThat(metrics.headers())
                .containsEntry("dd-api-key", KEY)
                .containsEntry("dd-otlp-source", "llm")
                .containsEntry("dd-protocol", "otlp")
                .containsEntry("content-type", "application/x-protobuf")
                .containsEntry("content-encoding", "gzip")
                .containsEntry(
                        "dd-otel-metric-config",
                        "{\"resource_attributes_as_tags\":false,\"instrumentation_scope_metadata_as_tags\":false,"
                                + "\"histograms\":{\"mode\":\"distributions\",\"send_aggregation_metrics\":false},"
                                + "\"summaries\":{\"mode\":\"gauges\"}}");
        FakeOtlpBackend.Received logs = backend.received().get(1);
        assertThat(logs.path()).isEqualTo("/l");
        assertThat(logs.headers()).containsEntry("dd-api-key", KEY).doesNotContainKey("dd-otel-metric-config");
    }

    @Test
    @DisplayName("R35 every setting reaches the header")
    void r35MetricConfig() {
        OtlpHttpConfig config = config("{preset: datadog, api: {key: " + KEY + "}, datadog: {"
                + "resource_attributes_as_tags: true, instrumentation_scope_metadata_as_tags: true,"
                + "histograms: {mode: nobuckets, send_aggregation_metrics: true}, summaries: {mode: noquantiles}}}");

        assertThat(config.datadog().metricConfig())
                .isEqualTo("{\"resource_attributes_as_tags\":true,\"instrumentation_scope_metadata_as_tags\":true,"
                        + "\"histograms\":{\"mode\":\"nobuckets\",\"send_aggregation_metrics\":true},"
                        + "\"summaries\":{\"mode\":\"noquantiles\"}}");
    }

    @Test
    @DisplayName("R35 the key is in no message and no text")
    void r35TheKeyNeverPrints() throws Exception {
        backend.http(403, "text/plain", ("no such key " + "x").getBytes(StandardCharsets.UTF_8));
        OtlpHttpConfig config = here("");
        send(exporter(config), gauges(1));

        assertThat(config.toString()).doesNotContain(KEY);
        assertThat(test.telemetry().warnings()).isNotEmpty().noneMatch(warning -> warning.contains(KEY));
        assertThat(test.host().statuses()).noneMatch(status -> status.toString().contains(KEY));
    }

    @Test
    @DisplayName("R35 what contradicts the preset, or needs it, is told")
    void r35Mistakes() {
        Descriptor<OtlpHttpConfig> http = new OtlpHttpFactory().descriptor();
        assertThat(problems(http, "{preset: datadog}"))
                .containsExactly("preset needs api.key, the API key of your organisation, such as ${env:DD_API_KEY}");
        assertThat(problems(http, "{preset: datadog, api: {site: datadoghq.eu}}"))
                .containsExactly(
                        "api.key is required: the API key of your organisation, such as ${env:DD_API_KEY}; or key_file");
        assertThat(problems(http, "{preset: datadog, api: {key: abc, key_file: pom.xml}}"))
                .contains("api.key_file and key exclude each other");
        assertThat(problems(http, "{preset: datadog, api: {key: 'a b', site: 'https://app.datadoghq.eu/'}}"))
                .containsExactly(
                        "api.key has characters that no header can have",
                        "api.site must be a domain such as datadoghq.eu, without https:// and path");
        assertThat(problems(http, "{preset: datadog, api: {key: xyz, site: example.org}}"))
                .hasSize(2)
                .first()
                .asString()
                .startsWith("api.key has characters other than");
        assertThat(problems(http, "{endpoint: 'http://a', api: {key: abc}, datadog: {}}"))
                .containsExactly("api needs preset: datadog", "datadog needs preset: datadog");
        assertThat(problems(
                        http, "{preset: datadog, api: {key: abc}, headers: {DD-API-KEY: x, dd-otel-metric-config: y}}"))
                .containsExactly(
                        "headers.DD-API-KEY is set by the preset, from api.key",
                        "headers.dd-otel-metric-config is set by the preset, from the section datadog");
        assertThat(problems(http, "{preset: datadog, api: {key: abc}, datadog: {histograms: {mode: nobuckets}}}"))
                .containsExactly("datadog.histograms.mode nobuckets sends nothing of a histogram without"
                        + " send_aggregation_metrics: true");
    }

    @Test
    @DisplayName("R38 gRPC is refused with a message that names the way")
    void r38NoGrpc() {
        assertThat(problems(new OtlpGrpcFactory().descriptor(), "{endpoint: 'a:4317', preset: datadog}"))
                .hasSize(1)
                .first()
                .asString()
                .contains("preset", "otlp_http with preset: datadog");
    }

    @Test
    @DisplayName(
            "R36 cumulative counters and histograms do not leave, are counted, and the warning names the processor")
    void r36NothingCumulativeLeaves() throws Exception {
        send(exporter(here("")), CumulativeMetrics.batch());

        assertThat(requests()).containsExactly(List.of("gauge", "updown", "delta", "delta_histogram", "summary"));
        assertThat(test.telemetry().dropped()).containsExactly(Map.entry(DatadogMapping.CUMULATIVE, 4L));
        assertThat(test.telemetry().warnings()).hasSize(1).first().asString().contains("cumulativetodelta");
        assertThat(test.telemetry().sent()).isEqualTo(5);
    }

    @Test
    @DisplayName("R36 nothing is sent of a batch that is all cumulative")
    void r36AllCumulative() throws Exception {
        send(exporter(here("")), new Batches().counter("c", 1).counter("d", 1).batch());

        assertThat(backend.received()).isEmpty();
        assertThat(test.telemetry().dropped()).containsExactly(Map.entry(DatadogMapping.CUMULATIVE, 2L));
    }

    @Test
    @DisplayName("R37 413 cuts in halves; what was taken is not sent again")
    void r37Halves() throws Exception {
        backend.http(413, "text/plain", new byte[0])
                .http(200, "text/plain", new byte[0])
                .http(413, "text/plain", new byte[0]);

        send(exporter(here("")), gauges(4));

        assertThat(requests())
                .containsExactly(
                        List.of("g0", "g1", "g2", "g3"),
                        List.of("g0", "g1"),
                        List.of("g2", "g3"),
                        List.of("g2"),
                        List.of("g3"));
        assertThat(test.telemetry().sent()).isEqualTo(4);
        assertThat(test.telemetry().dropped()).isEmpty();
    }

    @Test
    @DisplayName("R37 a failure between two halves sends only the second again")
    void r37ARetryBetweenHalves() throws Exception {
        backend.http(413, "text/plain", new byte[0])
                .http(200, "text/plain", new byte[0])
                .http(503, "text/plain", new byte[0]);
        Exporter exporter = exporter(here(""));

        send(exporter, gauges(4));
        assertThat(test.telemetry().sent()).isEqualTo(2);
        test.scheduler().advance(Duration.ofSeconds(10));

        assertThat(requests())
                .containsExactly(
                        List.of("g0", "g1", "g2", "g3"), List.of("g0", "g1"), List.of("g2", "g3"), List.of("g2", "g3"));
        assertThat(test.telemetry().sent()).isEqualTo(4);
    }

    @ParameterizedTest
    @DisplayName("R2 an intake that quotes the key does not make us print it, nor a part of it")
    @ValueSource(ints = {400, 403, 413, 503})
    void r2AQuotedKey(int status) throws Exception {
        for (int before : new int[] {0, 150, 180, 190, 980}) {
            String said = "x".repeat(before) + " " + KEY + " " + KEY.toUpperCase(Locale.ROOT);
            backend.http(status, "text/plain", said.getBytes(StandardCharsets.UTF_8));
            send(exporter(here("")), gauges(1));
        }

        assertThat(test.telemetry().warnings() + test.host().statuses().toString())
                .contains("****")
                .doesNotContainIgnoringCase(KEY.substring(0, 8));
    }

    @Test
    @DisplayName("R2 a note beside a good answer does not show the key either")
    void r2AKeyInANote() throws Exception {
        ExportMetricsServiceResponse partial = ExportMetricsServiceResponse.newBuilder()
                .setPartialSuccess(ExportMetricsPartialSuccess.newBuilder()
                        .setRejectedDataPoints(1)
                        .setErrorMessage("bad key " + KEY))
                .build();
        backend.http(200, "application/x-protobuf", partial.toByteArray());

        send(exporter(here("")), gauges(2));

        assertThat(test.telemetry().warnings()).singleElement().asString().contains("bad key ****");
        assertThat(test.telemetry().dropped()).containsExactly(Map.entry(Delivery.REJECTED, 1L));
    }

    @Test
    @DisplayName("R37 a refused half does not take the other with it")
    void r37ARefusedHalf() throws Exception {
        backend.http(413, "text/plain", new byte[0]).http(400, "text/plain", new byte[0]);

        send(exporter(here("")), gauges(4));

        assertThat(test.telemetry().sent()).isEqualTo(2);
        assertThat(test.telemetry().dropped()).containsExactly(Map.entry(Delivery.REFUSED, 2L));
    }

    @Test
    @DisplayName("R37 a single item that is too large is dropped alone, and counted")
    void r37ASingleItem() throws Exception {
        MetricBatch batch = new Batches()
                .gauge("small", 1)
                .gauge("huge", 1, "text", "x".repeat(6000))
                .gauge("other", 1)
                .batch();

        send(exporter(here(", datadog: {max_message_size: 4KiB}")), batch);

        assertThat(requests()).containsExactlyInAnyOrder(List.of("small"), List.of("other"));
        assertThat(test.telemetry().dropped()).containsExactly(Map.entry(SplittingSender.TOO_LARGE, 1L));
        assertThat(test.telemetry().warnings()).hasSize(1).first().asString().contains("4096");
    }

    @Test
    @DisplayName("R37 by default no request has more than 512,000 bytes as it is sent, nor 4 MiB before")
    void r37DefaultLimits() throws Exception {
        java.util.SplittableRandom random = new java.util.SplittableRandom(7);
        Batches batch = new Batches();
        for (int i = 0; i < 3000; i++) {
            StringBuilder noise = new StringBuilder();
            for (int n = 0; n < 40; n++) {
                noise.append(Long.toHexString(random.nextLong()));
            }
            batch.gauge("g" + i, i, "noise", noise.toString());
        }

        send(exporter(here("")), batch.batch());

        assertThat(backend.received()).hasSizeGreaterThan(1).allSatisfy(received -> {
            assertThat(received.wire().length).isLessThanOrEqualTo(512_000);
            assertThat(received.message().length).isLessThanOrEqualTo(4 << 20);
        });
        assertThat(test.telemetry().sent()).isEqualTo(3000);
        assertThat(requests().stream().mapToInt(List::size).sum()).isEqualTo(3000);
    }

    @ParameterizedTest
    @DisplayName("R38 every 2xx is success, whatever its body")
    @CsvSource({"200, application/x-protobuf", "202, application/json", "202, ", "204, ", "299, application/x-protobuf"
    })
    void r38EverySuccess(int status, String type) throws Exception {
        byte[] body = status == 204 ? new byte[0] : "{\"status\":\"ok\"}".getBytes(StandardCharsets.UTF_8);
        backend.http(status, type, body);

        send(exporter(here("")), gauges(2));

        assertThat(test.telemetry().sent()).isEqualTo(2);
        assertThat(test.telemetry().dropped()).isEmpty();
        assertThat(backend.received()).hasSize(1);
    }

    @Test
    @DisplayName(
            "R38 a partial success is read: rejected points are counted, the message is logged, nothing is sent again")
    void r38PartialSuccess() throws Exception {
        backend.http(ExportMetricsServiceResponse.newBuilder()
                .setPartialSuccess(ExportMetricsPartialSuccess.newBuilder()
                        .setRejectedDataPoints(1)
                        .setErrorMessage("no cumulative sums"))
                .build());

        send(exporter(here("")), gauges(3));

        assertThat(test.telemetry().sent()).isEqualTo(2);
        assertThat(test.telemetry().dropped()).containsExactly(Map.entry(Delivery.REJECTED, 1L));
        assertThat(test.telemetry().warnings()).hasSize(1).first().asString().contains("no cumulative sums");
        assertThat(backend.received()).hasSize(1);
    }

    @ParameterizedTest
    @DisplayName("R38 what is tried again")
    @ValueSource(ints = {408, 429, 500, 502, 503, 504})
    void r38Retries(int status) throws Exception {
        backend.http(status, "text/plain", new byte[0]);
        Exporter exporter = exporter(here(""));

        send(exporter, gauges(1));
        test.scheduler().advance(Duration.ofSeconds(10));

        assertThat(backend.received()).hasSize(2);
        assertThat(test.telemetry().sent()).isEqualTo(1);
    }

    @ParameterizedTest
    @DisplayName("R38 408 and 500 are not, if the setting is off")
    @ValueSource(ints = {408, 500})
    void r38SettingOff(int status) throws Exception {
        backend.http(status, "text/plain", new byte[0]);
        Exporter exporter = exporter(here(", datadog: {retry_server_errors: false}"));

        send(exporter, gauges(1));
        test.scheduler().advance(Duration.ofSeconds(10));

        assertThat(backend.received()).hasSize(1);
        assertThat(test.telemetry().dropped()).containsExactly(Map.entry(Delivery.REFUSED, 1L));
    }

    @ParameterizedTest
    @DisplayName("R38 what is not tried again")
    @ValueSource(ints = {400, 404, 501})
    void r38Refusals(int status) throws Exception {
        backend.http(status, "text/plain", new byte[0]);
        Exporter exporter = exporter(here(""));

        send(exporter, gauges(1));
        test.scheduler().advance(Duration.ofSeconds(10));

        assertThat(backend.received()).hasSize(1);
        assertThat(test.telemetry().dropped()).containsExactly(Map.entry(Delivery.REFUSED, 1L));
    }

    @Test
    @DisplayName("R38 Retry-After is kept")
    void r38RetryAfter() throws Exception {
        backend.http(429, "text/plain", new byte[0], "Retry-After", "60");
        Exporter exporter = exporter(here(""));
        send(exporter, gauges(1));

        test.scheduler().advance(Duration.ofSeconds(58));
        assertThat(backend.received()).hasSize(1);
        test.scheduler().advance(Duration.ofSeconds(3));
        assertThat(backend.received()).hasSize(2);
    }

    @Test
    void theEndCountsOnlyWhatWasNotTaken() throws Exception {
        backend.http(413, "text/plain", new byte[0]).http(200, "text/plain", new byte[0]);
        for (int i = 0; i < 50; i++) {
            backend.http(503, "text/plain", new byte[0]);
        }
        Exporter exporter = exporter(here(""));
        send(exporter, gauges(4));

        exporter.shutdown(Deadline.in(Duration.ZERO, test.build().clock()));

        assertThat(test.telemetry().sent()).isEqualTo(2);
        assertThat(test.telemetry().dropped()).containsExactly(Map.entry(Delivery.STOPPED, 2L));
    }

    @Test
    void withoutThePreset413StillLosesTheRequest() throws Exception {
        backend.http(413, "text/plain", new byte[0]);

        send(exporter(config("{endpoint: '" + url() + "'}")), gauges(4));

        assertThat(backend.received()).hasSize(1);
        assertThat(test.telemetry().dropped()).containsExactly(Map.entry(Delivery.REFUSED, 4L));
    }
}
