package tscollector.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.opentelemetry.sdk.resources.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tscollector.component.BuildContext;
import tscollector.config.DataSize;
import tscollector.consumer.Consumers;
import tscollector.consumer.DeliveryException;
import tscollector.kit.http.HttpFailure;
import tscollector.kit.scrape.Scraper;
import tscollector.signal.MetricBatch;
import tscollector.signal.MetricGroup;
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
import tscollector.torchserve.Target;

class MetricsScraperTest {
    private static final String ADDRESS = "endpoint=\"http://ts:8082/metrics\"";

    private final TestContext test = new TestContext("torchserve_openmetrics");
    private final BuildContext context = test.build();
    private final FakeHttp http = new FakeHttp(test.scheduler(), ask -> FakeHttp.Reply.of(200, "a 1\n"));
    private final CollectingConsumer<MetricBatch> next = CollectingConsumer.metrics();
    private final LogLines log = new LogLines(context.logger());
    private final Scraper scraper = new MetricsScrapers(
                    http,
                    Duration.ofSeconds(5),
                    ExpositionOptions.of(
                            new ExpositionLimits(100, 64, DataSize.ofMebibytes(1)), OfficialConfig.defaults()),
                    Scopes.of("torchserve_openmetrics", "1.2.3"),
                    context,
                    new Outlet(context, Consumers.of(Signal.METRICS, next)))
            .scraper(
                    Target.of("http://user:secret@ts:8082/metrics?name[]=a", new ServerResource("ts:8080", Map.of())),
                    null);

    MetricsScraperTest() {
        ((Logger) context.logger()).setLevel(Level.WARN); // tests are quiet otherwise
    }

    @Test
    void sendsSamplesScrapeNumbersAndHealthAsOneBatchOfThreeGroups() {
        MetricBatch batch = scrape(FakeHttp.Reply.of(200, "# TYPE c counter\nc{x=\"y\"} 4\n"));

        assertThat(batch.groups().stream().map(group -> group.scope().getName()))
                .containsExactly(
                        "tscollector/torchserve_openmetrics", "tscollector/scrape", "tscollector.service_check");
        assertThat(batch.groups().stream().map(group -> group.scope().getVersion()))
                .containsOnly("1.2.3");
        assertThat(Points.of(batch))
                .containsExactly(
                        "c{" + ADDRESS + ", x=\"y\"} 4.0",
                        "up{" + ADDRESS + "} 1.0",
                        "scrape_duration_seconds{" + ADDRESS + "} 0.0",
                        "scrape_samples_scraped{" + ADDRESS + "} 1.0",
                        "scrape_body_size_bytes{" + ADDRESS + "} 28.0",
                        "torchserve.openmetrics.health{" + ADDRESS + ", torchserve.api.state=\"ok\"} 0.0");
        Resource resource = batch.groups().get(0).resource();
        assertThat(batch.groups())
                .allSatisfy(group -> assertThat(group.resource()).isSameAs(resource));
    }

    @Test
    void asksTheUrlVerbatimOnceARunAndForText() {
        scrape(FakeHttp.Reply.of(200, "a 1\n"));
        scrape(FakeHttp.Reply.of(500, "oops"));
        scrape(FakeHttp.Reply.failure(HttpFailure.Type.CONNECTION_REFUSED));

        assertThat(http.asked())
                .containsExactly("GET /metrics?name[]=a", "GET /metrics?name[]=a", "GET /metrics?name[]=a");
        assertThat(http.asks().get(0).headers())
                .containsEntry("Accept", "text/plain")
                .containsKey("Authorization");
        assertThat(http.openBodies()).isZero();
    }

    @Test
    void keepsTheShapesOfAllGroupsWhileOnlyValuesChange() {
        MetricBatch first = scrape(FakeHttp.Reply.of(200, "a 1\n"));
        scrape(FakeHttp.Reply.of(500, "oops"));
        MetricBatch third = scrape(FakeHttp.Reply.of(200, "a 2\n").after(Duration.ofMillis(30)));

        for (int group = 0; group < 3; group++) {
            assertThat(third.groups().get(group).shape())
                    .isSameAs(first.groups().get(group).shape());
            assertThat(third.groups().get(group).scope())
                    .isSameAs(first.groups().get(group).scope());
        }
    }

    @Test
    void tellsFromTheStatusWhatTheServerIsLike() {
        assertThat(health(scrape(FakeHttp.Reply.of(503, ""))))
                .contains("unhealthy", "error.type=\"server_error\"", "} 2.0");
        assertThat(health(scrape(FakeHttp.Reply.of(404, "")))).contains("unhealthy", "client_error", "} 2.0");
        assertThat(health(scrape(FakeHttp.Reply.of(401, "")))).contains("auth_failed", "unauthorized", "} 1.0");
        assertThat(health(scrape(FakeHttp.Reply.of(403, "")))).contains("auth_failed", "forbidden", "} 1.0");
        assertThat(health(scrape(FakeHttp.Reply.of(400, "{\"type\": \"InvalidKeyException\"}"))))
                .contains("auth_failed", "invalid_key", "} 1.0");
        assertThat(log.warnings()).anyMatch(line -> line.contains("auth.torchserve_key_file"));
    }

    @ParameterizedTest
    @EnumSource(
            value = HttpFailure.Type.class,
            names = {"CLOSED", "NO_CREDENTIALS"},
            mode = EnumSource.Mode.EXCLUDE)
    void tellsFromTheFailureWhetherAnAnswerCame(HttpFailure.Type type) {
        MetricBatch batch = scrape(FakeHttp.Reply.failure(type));

        assertThat(batch.groups()).hasSize(2);
        assertThat(health(batch))
                .contains(
                        type.answerCame() || type == HttpFailure.Type.OUT_OF_MEMORY ? "\"invalid\"" : "\"unreachable\"",
                        "error.type=\"" + type.word() + "\"",
                        "} 2.0");
        assertThat(Points.of(batch)).contains("up{" + ADDRESS + "} 0.0");
    }

    @Test
    void saysNothingAboutTheServerWhenTheProcessStops() {
        http.server(ask -> FakeHttp.Reply.failure(HttpFailure.Type.CLOSED));
        run();

        assertThat(next.batches()).isEmpty();
    }

    @Test
    void passesNothingOnOfABodyOverTheSampleLimit() {
        MetricBatch batch = scrape(FakeHttp.Reply.of(200, "a 1\n".repeat(101)));

        assertThat(batch.groups()).hasSize(2);
        assertThat(health(batch)).contains("invalid", "error.type=\"sample_limit\"", "} 2.0");
        assertThat(test.telemetry().dropped()).containsEntry(ReadingCounts.OVER_LIMIT, 100L);
        assertThat(Points.of(batch))
                .contains(
                        "scrape_samples_scraped{" + ADDRESS + "} 0.0", "scrape_body_size_bytes{" + ADDRESS + "} 404.0");
    }

    @Test
    void takesABodyWithoutAReadableLineForInvalid() {
        MetricBatch batch = scrape(FakeHttp.Reply.of(200, "<html>\n<body>\n"));

        assertThat(batch.groups()).hasSize(2);
        assertThat(health(batch)).contains("invalid", "error.type=\"malformed_body\"", "} 2.0");
        assertThat(test.telemetry().count(ReadingCounts.MALFORMED)).isEqualTo(2);
    }

    @Test
    void saysOnceWhyAnAnswerIsEmptyAndAgainOnlyAfterThereWereSamples() {
        FakeHttp.Reply empty = Captures.reply("log/a02-metrics");
        MetricBatch batch = scrape(empty);
        scrape(empty);
        scrape(FakeHttp.Reply.of(500, "oops"));
        scrape(empty);

        assertThat(health(batch)).contains("\"ok\"", "} 0.0");
        assertThat(hints()).hasSize(1);
        scrape(FakeHttp.Reply.of(200, "# TYPE a counter\n"));
        scrape(empty);
        assertThat(hints()).hasSize(1);
        assertThat(hints().get(0)).contains("metrics_mode=prometheus", "config.properties", "http://ts:8082/metrics");

        scrape(FakeHttp.Reply.of(200, "a 1\n"));
        scrape(empty);

        assertThat(hints()).hasSize(2);
    }

    @Test
    void takesFamiliesWithoutSamplesForWell() {
        MetricBatch batch = scrape(FakeHttp.Reply.of(200, "# TYPE a counter\n"));

        assertThat(batch.groups()).hasSize(2);
        assertThat(health(batch)).contains("\"ok\"");
        assertThat(hints()).isEmpty();
    }

    @Test
    void countsWhatALineCostsAndNamesTheFirst() {
        scrape(FakeHttp.Reply.of(200, "a 1\nb x\nc{d} 1\nc y\n# TYPE a meter\n"));

        assertThat(test.telemetry().dropped())
                .containsEntry("malformed line: bad value", 2L)
                .containsEntry("malformed line: bad label name", 1L)
                .hasSize(2);
        assertThat(test.telemetry().count(ReadingCounts.MALFORMED)).isEqualTo(4);
        assertThat(test.telemetry().warnings())
                .singleElement()
                .asString()
                .contains("http://ts:8082/metrics", "lines=4", "line 2:3 has a value that is no number")
                .doesNotContain("secret");
    }

    @Test
    void countsWhatIsMergedLeftOutAndMended() {
        scrape(FakeHttp.Reply.of(
                200,
                "# TYPE c counter\nc 1\nc 2\nc_created 5\n# TYPE h histogram\nh_sum 1\nh_bucket{le=\"+Inf\"} 1.5\n"));

        assertThat(test.telemetry().counts())
                .containsEntry(LayoutBuilder.DUPLICATE, 1L)
                .containsEntry(ReadingCounts.MENDED, 1L);
        assertThat(test.telemetry().dropped()).isEqualTo(Map.of(LayoutBuilder.CREATED, 1L));
    }

    @Test
    void countsWhatIsRefusedDownstreamAndGoesOn() {
        next.refuseNext(DeliveryException.retryable("queue full"));
        http.server(ask -> FakeHttp.Reply.of(200, "a 1\n"));
        run();
        scrape(FakeHttp.Reply.of(200, "a 2\n"));

        assertThat(test.telemetry().dropped()).containsValue(6L);
        assertThat(next.batches()).hasSize(1);
    }

    @Test
    void keepsStartsOverAnOutage() {
        scrape(FakeHttp.Reply.of(200, "# TYPE c counter\nc 1\n"));
        scrape(FakeHttp.Reply.failure(HttpFailure.Type.TIMEOUT));
        MetricBatch third = scrape(FakeHttp.Reply.of(200, "# TYPE c counter\nc 2\nc{a=\"1\"} 1\n"));

        MetricGroup group = third.groups().get(0);
        List<Long> starts = group.metrics().get(0).data().getPoints().stream()
                .map(point -> point.getEpochNanos() - point.getStartEpochNanos())
                .toList();
        long twoRuns = Duration.ofSeconds(20).toNanos();
        assertThat(starts).containsExactly(twoRuns, twoRuns);
    }

    private List<String> hints() {
        return log.warnings().stream()
                .filter(line -> line.contains("metrics_mode"))
                .toList();
    }

    private static String health(MetricBatch batch) {
        return Points.of(batch).stream()
                .filter(point -> point.startsWith("torchserve.openmetrics.health"))
                .findFirst()
                .orElseThrow();
    }

    private MetricBatch scrape(FakeHttp.Reply reply) {
        http.server(ask -> reply);
        run();
        return Objects.requireNonNull(next.last());
    }

    /** One run, then the time until the next. */
    private void run() {
        var stage = scraper.scrape().toCompletableFuture();
        test.scheduler().advance(Duration.ofSeconds(10));
        assertThat(stage).isCompleted();
    }
}
