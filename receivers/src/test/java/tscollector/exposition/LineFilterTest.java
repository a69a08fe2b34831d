package tscollector.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tscollector.consumer.Consumers;
import tscollector.kit.scrape.Scraper;
import tscollector.signal.MetricBatch;
import tscollector.signal.Signal;
import tscollector.testkit.CollectingConsumer;
import tscollector.testkit.TestContext;
import tscollector.torchserve.FakeHttp;
import tscollector.torchserve.OfficialConfig;
import tscollector.torchserve.Outlet;
import tscollector.torchserve.Points;
import tscollector.torchserve.Scopes;
import tscollector.torchserve.SeriesBudget;
import tscollector.torchserve.ServerResource;
import tscollector.torchserve.Target;

class LineFilterTest {
    @Test
    @DisplayName("O19: raw_line_filters are searched in whole lines, TYPE lines included")
    void leavesLinesOut() {
        Reading reading = tables("^# TYPE c", "node=\"b\"").read(bytes("""
                # TYPE c counter
                c{node="a"} 1
                c{node="b"} 2
                d 3
                """));

        assertThat(Tables.heads(Objects.requireNonNull(reading.group())))
                .containsExactly("c DOUBLE_GAUGE '' c UNTYPED", "d DOUBLE_GAUGE '' d UNTYPED");
        assertThat(Tables.points(reading.group())).containsExactly("c{node=\"a\"} 1.0", "d 3.0");
        assertThat(reading.filteredLines()).isEqualTo(2);
        assertThat(reading.errors().total()).isZero();
    }

    @Test
    void looksAtValuesInEveryScrape() {
        Tables target = tables(" 0$");
        assertThat(target.read(bytes("a 1\nb 2\n")).samples()).isEqualTo(2);

        Reading second = target.read(bytes("a 1\nb 0\n"));

        assertThat(Tables.points(Objects.requireNonNull(second.group()))).containsExactly("a 1.0");
        assertThat(second.filteredLines()).isEqualTo(1);
    }

    @Test
    void anAnswerOfWhichNothingIsLeftIsNoFault() {
        Reading reading = tables(".").read(bytes("a 1\nnonsense here\n"));

        assertThat(reading.outcome()).isEqualTo(Reading.Outcome.EMPTY);
        assertThat(reading.filteredLines()).isEqualTo(2);
    }

    @Test
    @DisplayName("O31: scrape_lines_filtered, only where there are filters")
    void saysHowManyLines() {
        assertThat(scrapeNumbers(List.of("^a"))).contains("scrape_lines_filtered{endpoint=\"http://ts/metrics\"} 1.0");
        assertThat(scrapeNumbers(List.of())).noneMatch(line -> line.contains("filtered"));
    }

    private static List<String> scrapeNumbers(List<String> filters) {
        TestContext test = new TestContext("torchserve_openmetrics");
        CollectingConsumer<MetricBatch> next = CollectingConsumer.metrics();
        FakeHttp http = new FakeHttp(test.scheduler(), ask -> FakeHttp.Reply.of(200, "a 1\nb 2\n"));
        Scraper scraper = new MetricsScrapers(
                        http,
                        Duration.ofSeconds(5),
                        options(filters),
                        Scopes.of("torchserve_openmetrics", "1"),
                        test.build(),
                        new Outlet(test.build(), Consumers.of(Signal.METRICS, next)))
                .scraper(Target.of("http://ts/metrics", new ServerResource("ts", Map.of())), null);
        scraper.scrape();
        test.scheduler().advance(Duration.ofSeconds(1));
        return Points.of(next.last());
    }

    private static byte[] bytes(String body) {
        return body.getBytes(StandardCharsets.UTF_8);
    }

    private static Tables tables(String... filters) {
        return new Tables(options(List.of(filters)), new SeriesBudget(Long.MAX_VALUE));
    }

    private static ExpositionOptions options(List<String> filters) {
        return new ExpositionOptions(
                Tables.LIMITS,
                new ExpositionConfig(filters, false, false, true, true, null, null),
                HistogramConfig.defaults(),
                OfficialConfig.defaults());
    }
}
