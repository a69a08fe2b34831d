package tscollector.torchserve.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tscollector.consumer.Consumers;
import tscollector.consumer.DeliveryException;
import tscollector.kit.http.HttpAsk;
import tscollector.kit.http.HttpFailure;
import tscollector.signal.MetricBatch;
import tscollector.signal.Signal;
import tscollector.testkit.CollectingConsumer;
import tscollector.testkit.TestContext;
import tscollector.torchserve.Captures;
import tscollector.torchserve.FakeHttp;
import tscollector.torchserve.LogLines;
import tscollector.torchserve.OfficialConfig;
import tscollector.torchserve.Outlet;
import tscollector.torchserve.Points;
import tscollector.torchserve.Scopes;
import tscollector.torchserve.ServerResource;
import tscollector.torchserve.ServerVersion;
import tscollector.torchserve.Target;

class PingScraperTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final String URL = "inference_api_url=\"http://h:8080\"";

    private final TestContext test = new TestContext("torchserve_inference");
    private final CollectingConsumer<MetricBatch> next = CollectingConsumer.metrics();
    private final FakeHttp http = new FakeHttp(test.scheduler(), ask -> Captures.reply("prometheus/a01-ping-healthy"));
    private final ServerResource server = new ServerResource("h:8080", Map.of());
    private final Target target = Target.of("http://h:8080", server);
    private final PingScraper scraper = scraper(null);

    @ParameterizedTest
    @CsvSource({
        "prometheus/a01-ping-healthy,               ok,          0.0",
        "prometheus/i04-ping-still-healthy,         ok,          0.0",
        "prometheus/i10-ping-healthy-again,         ok,          0.0",
        "prometheus2/y08-ping-broken-nondefault,    ok,          0.0",
        "prometheus/i06-ping-unhealthy,             unhealthy,   2.0",
        "prometheus2/y13-ping-unhealthy,            unhealthy,   2.0",
        "token/t01-ping-notoken,                    auth_failed, 1.0",
        "prometheus/c04-404-model,                  unhealthy,   2.0",
    })
    void judgesRealAnswers(String capture, String state, String value) {
        http.server(ask -> Captures.reply(capture));

        assertThat(health()).contains("torchserve.api.state=\"" + state + "\"").endsWith(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | {\"status\": \"Healthy\"}         | ok",
                "200 | {\"x\":[{}],\"status\":\"healthy\"} | ok",
                "200 | {\"status\": \"Partial Healthy\"} | ok",
                "200 | {\"status\": \"Unhealthy\"}       | unhealthy",
                "500 | {\"status\": \"Healthy\"}         | unhealthy",
                "503 | {\"status\": \"Healthy\"}         | unhealthy",
                "200 | {\"status\": \"Fine\"}            | invalid",
                "200 | {\"status\": 1}                   | invalid",
                "200 | [\"Healthy\"]                     | invalid",
                "200 | Healthy                           | invalid",
                "200 | {\"status\": \"Heal               | invalid",
                "200 | ''                                | invalid",
                "302 | ''                                | invalid",
            })
    void judgesOtherAnswers(int status, String body, String state) {
        http.server(ask -> FakeHttp.Reply.of(status, body));

        assertThat(health()).contains("torchserve.api.state=\"" + state + "\"");
    }

    @Test
    void asksOnceBelowTheBaseWithTheInferenceKey() {
        health();

        assertThat(http.asks()).singleElement().satisfies(ask -> {
            assertThat(ask.method() + " " + ask.uri()).isEqualTo("GET http://h:8080/ping");
            assertThat(ask.keyRole()).isEqualTo(HttpAsk.KeyRole.INFERENCE);
            assertThat(ask.timeout()).isEqualTo(TIMEOUT);
        });
        assertThat(http.openBodies()).isZero();
    }

    @Test
    void saysHowLongItTookAndHowMuchCame() {
        http.server(ask -> FakeHttp.Reply.of(200, "{\"status\": \"Healthy\"}").after(Duration.ofMillis(250)));
        scraper.scrape();
        test.scheduler().advance(Duration.ofSeconds(1));

        assertThat(Points.of(next.last()))
                .containsExactly(
                        "up{" + URL + "} 1.0",
                        "scrape_duration_seconds{" + URL + "} 0.25",
                        "scrape_samples_scraped{" + URL + "} 0.0",
                        "scrape_body_size_bytes{" + URL + "} 21.0",
                        "torchserve.inference_api.health{" + URL + ", torchserve.api.state=\"ok\"} 0.0");
    }

    @Test
    void saysWhyNobodyAnswers() {
        http.server(ask -> FakeHttp.Reply.failure(HttpFailure.Type.CONNECTION_REFUSED));

        assertThat(health())
                .isEqualTo(
                        "torchserve.inference_api.health{error.message=\"cannot: connection_refused\", error.type=\"connection_refused\", "
                                + URL + ", torchserve.api.state=\"unreachable\"} 2.0");
        assertThat(Points.of(next.last())).contains("up{" + URL + "} 0.0");
    }

    @Test
    void saysNothingWhenTheProcessStops() {
        scraper.scrape();
        http.close();
        test.scheduler().runPending();

        assertThat(next.batches()).isEmpty();
    }

    @Test
    void namesTheSettingWhenTheServerWantsAKey() {
        LogLines lines = new LogLines(test.build().logger());
        http.server(ask -> Captures.reply("token/t01-ping-notoken"));
        health();
        health();

        assertThat(lines.warnings()).singleElement().asString().contains("auth.torchserve_key_file");
    }

    @Test
    void countsWhatIsRefused() {
        next.refuseNext(DeliveryException.retryable("queue full"));
        scraper.scrape();
        test.scheduler().runPending();

        assertThat(test.telemetry().dropped()).isEqualTo(Map.of("refused downstream", 5L));
        assertThat(health()).contains("\"ok\"");
    }

    @Test
    void losesNothingThatOneOfSeveralPipelinesTook() {
        next.refuseNext(DeliveryException.partly(DeliveryException.retryable("exporter b: queue full")));
        scraper.scrape();
        test.scheduler().runPending();

        assertThat(test.telemetry().dropped()).isEmpty();
        assertThat(test.telemetry().warnings())
                .singleElement()
                .asString()
                .contains("Cannot hand on a batch to all: exporter b: queue full");
    }

    @Test
    void livesWithAComponentThatFails() {
        Consumers broken = Consumers.of(Signal.METRICS, batch -> {
            throw new IllegalStateException("broken");
        });
        PingScraper other = new PingScraper(
                target,
                http,
                TIMEOUT,
                OfficialConfig.defaults(),
                Scopes.of("t", "1"),
                test.build(),
                new Outlet(test.build(), broken),
                null);

        var run = other.scrape().toCompletableFuture();
        test.scheduler().runPending();

        assertThat(run).isCompleted();
        assertThat(test.telemetry().dropped()).isEqualTo(Map.of("refused downstream", 5L));
    }

    @Test
    void asksForTheVersionWhenToldTo() {
        ServerVersion version = ServerVersion.asking(http, server, TIMEOUT, test.build());
        PingScraper asking = scraper(version.watch(target));
        asking.scrape();
        test.scheduler().runPending();

        assertThat(http.asked()).containsExactly("OPTIONS /", "GET /ping");
    }

    private PingScraper scraper(ServerVersion.Watch version) {
        return new PingScraper(
                target,
                http,
                TIMEOUT,
                OfficialConfig.defaults(),
                Scopes.of("torchserve_inference", "1"),
                test.build(),
                new Outlet(test.build(), Consumers.of(Signal.METRICS, next)),
                version);
    }

    private String health() {
        scraper.scrape();
        test.scheduler().runPending();
        List<String> points = Points.of(next.last());
        return points.get(points.size() - 1);
    }

    @Test
    void countsBytesNotCharacters() {
        http.server(ask -> FakeHttp.Reply.of(200, "\u00e4".getBytes(StandardCharsets.UTF_8)));
        health();

        assertThat(Points.of(next.last())).contains("scrape_body_size_bytes{" + URL + "} 2.0");
    }
}
