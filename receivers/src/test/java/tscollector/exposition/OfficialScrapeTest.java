package tscollector.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tscollector.consumer.Consumers;
import tscollector.kit.http.HttpFailure;
import tscollector.kit.scrape.Scraper;
import tscollector.signal.MetricBatch;
import tscollector.signal.Signal;
import tscollector.testkit.CollectingConsumer;
import tscollector.testkit.TestContext;
import tscollector.torchserve.FakeHttp;
import tscollector.torchserve.FakeHttp.Reply;
import tscollector.torchserve.OfficialConfig;
import tscollector.torchserve.OfficialConfig.Compat;
import tscollector.torchserve.OfficialConfig.Numbers;
import tscollector.torchserve.Outlet;
import tscollector.torchserve.Points;
import tscollector.torchserve.Scopes;
import tscollector.torchserve.ServerResource;
import tscollector.torchserve.Target;

class OfficialScrapeTest {
    private static final ExpositionConfig PLAIN = ExpositionConfig.defaults();

    private final TestContext test = new TestContext("torchserve_openmetrics");
    private final CollectingConsumer<MetricBatch> next = CollectingConsumer.metrics();
    private final FakeHttp http = new FakeHttp(test.scheduler(), ask -> Reply.of(200, "a 1\n"));

    @Test
    void officialNumbersAreTheSamplesAndTheHealth() {
        assertThat(run(scraper(Compat.OFF, Numbers.OFFICIAL, PLAIN), Reply.of(200, "a 1\n")))
                .containsExactly(
                        "a{endpoint=\"http://ts/metrics\"} 1.0",
                        "torchserve.openmetrics.health{endpoint=\"http://ts/metrics\", torchserve.api.state=\"ok\"} 0.0");
    }

    @Test
    @DisplayName("O29: without the health check only scrape numbers tell of a failure")
    void healthCanBeLeftOut() {
        ExpositionConfig silent = new ExpositionConfig(List.of(), false, false, false, true, null, null);

        assertThat(run(scraper(Compat.OFF, Numbers.ALL, silent), Reply.of(500, "")))
                .contains("up{endpoint=\"http://ts/metrics\"} 0.0")
                .noneMatch(line -> line.contains("health"));
        int before = next.batches().size();
        run(scraper(Compat.OFF, Numbers.OFFICIAL, silent), Reply.of(500, ""));
        assertThat(next.batches()).hasSize(before); // nothing at all is left to say
    }

    @Test
    @DisplayName("O35: tag_by_endpoint false, and then a label of that name is no clash")
    void theAddressCanBeLeftOut() {
        ExpositionConfig bare = new ExpositionConfig(List.of(), false, false, true, false, null, null);

        assertThat(run(scraper(Compat.OFF, Numbers.ALL, bare), Reply.of(200, "a{endpoint=\"x\"} 1\nb 1\n")))
                .contains("a{endpoint=\"x\"} 1.0", "b{} 1.0", "up{} 1.0")
                .contains("torchserve.openmetrics.health{torchserve.api.state=\"ok\"} 0.0");
    }

    @Test
    @DisplayName("O28: a connection that fails is critical and says why, ignored or not")
    void anIgnoredConnectionErrorIsCriticalAllTheSame() {
        ExpositionConfig ignoring = new ExpositionConfig(List.of(), false, true, true, true, null, null);
        Scraper strict = scraper(Compat.STRICT, Numbers.OFFICIAL, ignoring);

        assertThat(run(strict, Reply.failure(HttpFailure.Type.CONNECTION_REFUSED)))
                .singleElement()
                .asString()
                .contains("error.message=\"cannot: connection_refused\"")
                .endsWith(" 2.0");
        run(strict, Reply.of(200, "# TYPE c counter\nc 5\n"));
        var point = next.last()
                .groups()
                .get(0)
                .metrics()
                .get(0)
                .data()
                .getPoints()
                .iterator()
                .next();
        assertThat(point.getStartEpochNanos()).isLessThan(point.getEpochNanos()); // it counted as a good scrape
    }

    @Test
    void aReadTimeoutIsNoConnectionError() {
        ExpositionConfig ignoring = new ExpositionConfig(List.of(), false, true, true, true, null, null);
        Scraper strict = scraper(Compat.STRICT, Numbers.OFFICIAL, ignoring);
        run(strict, Reply.failure(HttpFailure.Type.TIMEOUT));
        run(strict, Reply.of(200, "# TYPE c counter\nc 5\n"));

        var point = next.last()
                .groups()
                .get(0)
                .metrics()
                .get(0)
                .data()
                .getPoints()
                .iterator()
                .next();
        assertThat(point.getStartEpochNanos()).isEqualTo(point.getEpochNanos());
    }

    @Test
    @DisplayName("O20 O21 O22: labels stay as exposed here, whatever naming leaves of them")
    void labelsStayAsExposed() {
        assertThat(run(
                        scraper(Compat.STRICT, Numbers.OFFICIAL, PLAIN),
                        Reply.of(200, "a{Hostname=\"h\",Level=\"Host\",} 1\n")))
                .contains("a{Hostname=\"h\", Level=\"Host\", endpoint=\"http://ts/metrics\"} 1.0");
    }

    private List<String> run(Scraper scraper, Reply reply) {
        http.server(ask -> reply);
        scraper.scrape();
        test.scheduler().advance(Duration.ofSeconds(15));
        return next.batches().isEmpty() ? List.of() : Points.of(next.last());
    }

    private Scraper scraper(Compat compat, Numbers numbers, ExpositionConfig exposition) {
        OfficialConfig official = new OfficialConfig(compat, numbers, List.of(), null, false);
        return new MetricsScrapers(
                        http,
                        Duration.ofSeconds(5),
                        new ExpositionOptions(
                                ExpositionLimits.defaults(), exposition, HistogramConfig.defaults(), official),
                        Scopes.of("torchserve_openmetrics", "1"),
                        test.build(),
                        new Outlet(test.build(), Consumers.of(Signal.METRICS, next)))
                .scraper(Target.of("http://ts/metrics", new ServerResource("ts", Map.of())), null);
    }
}
