package tscollector.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tscollector.signal.MetricGroup;
import tscollector.torchserve.OfficialConfig;
import tscollector.torchserve.SeriesBudget;

/** What {@code compat: strict} changes in reading: start times after a failure, and which line a TYPE line counts for. */
class StrictReadingTest {
    private static final String[] FIRST = {"# TYPE c counter", "c{a=\"1\"} 5"};
    private static final String[] SECOND = {"# TYPE c counter", "c{a=\"1\"} 3", "c{a=\"2\"} 4"};
    private static final long SECONDS = 1_000_000_000L;

    @Test
    @DisplayName("O8: what is new or reset after a failure has no past in strict")
    void afterAFailureNewSeriesHaveNoPast() {
        Tables strict = tables(true);
        strict.group(FIRST);
        strict.skipScrape();
        strict.table().failed(false, 2 * SECONDS);

        assertThat(Tables.timedPoints(strict.group(SECOND)))
                .containsExactly("c{a=\"1\"} 3-3 3.0", "c{a=\"2\"} 3-3 4.0");
        assertThat(Tables.timedPoints(strict.group("# TYPE c counter", "c{a=\"1\"} 1", "c{a=\"2\"} 9", "c{a=\"3\"} 1")))
                .containsExactly("c{a=\"1\"} 3-4 1.0", "c{a=\"2\"} 3-4 9.0", "c{a=\"3\"} 3-4 1.0");
    }

    @Test
    @DisplayName("O8: by default they began at the last good scrape")
    void byDefaultTheyBeganAtTheLastGoodScrape() {
        Tables own = tables(false);
        own.group(FIRST);
        own.skipScrape();
        own.table().failed(false, 2 * SECONDS);

        assertThat(Tables.timedPoints(own.group(SECOND))).containsExactly("c{a=\"1\"} 1-3 3.0", "c{a=\"2\"} 1-3 4.0");
    }

    @Test
    @DisplayName("O28 O32: in strict an empty answer and an ignored failure are good scrapes")
    void anEmptyAnswerAndAnIgnoredFailureAreGoodScrapes() {
        Tables empty = tables(true);
        Tables ignored = tables(true);
        Tables own = tables(false);
        empty.read(new byte[0]);
        ignored.skipScrape();
        ignored.table().failed(true, SECONDS);
        own.read(new byte[0]);

        assertThat(Tables.timedPoints(empty.group(FIRST))).containsExactly("c{a=\"1\"} 1-2 5.0");
        assertThat(Tables.timedPoints(ignored.group(FIRST))).containsExactly("c{a=\"1\"} 1-2 5.0");
        assertThat(Tables.timedPoints(own.group(FIRST))).containsExactly("c{a=\"1\"} 2-2 5.0");
    }

    @Test
    @DisplayName("O1: in strict a TYPE line counts for what follows it, until something else stands between")
    void aTypeCountsForWhatFollows() {
        String[] body = {
            "early 1",
            "# TYPE early gauge",
            "# HELP c x",
            "# TYPE c counter",
            "c 1",
            "other 2",
            "c{late=\"1\"} 3",
            "# TYPE x counter",
            "x_total 4",
            "#TYPE y gauge",
            "y 5",
            "# TYPE z gauge",
            "# TYPE z counter",
            "z 6",
            "# TYPE h histogram",
            "h_bucket{le=\"+Inf\"} 1",
            "h_sum 1",
            "h_count 1",
            "h 9",
            "# TYPE c_created gauge",
            "c_created 7"
        };

        MetricGroup strict = tables(true).group(body);

        assertThat(Tables.heads(strict))
                .containsExactly(
                        "early DOUBLE_GAUGE '' early UNTYPED",
                        "c DOUBLE_SUM '' c COUNTER",
                        "other DOUBLE_GAUGE '' other UNTYPED",
                        "c DOUBLE_GAUGE '' c UNTYPED",
                        "x_total DOUBLE_GAUGE '' x_total UNTYPED",
                        "y DOUBLE_GAUGE '' y UNTYPED",
                        "z DOUBLE_SUM '' z COUNTER",
                        "h HISTOGRAM '' h HISTOGRAM",
                        "h DOUBLE_GAUGE '' h UNTYPED",
                        "c_created DOUBLE_GAUGE '' c_created GAUGE");
        assertThat(Tables.heads(tables(false).group(body)))
                .contains("early DOUBLE_GAUGE '' early GAUGE", "x_total DOUBLE_SUM '' x COUNTER")
                .noneMatch(head -> head.startsWith("c_created"));
    }

    @Test
    @DisplayName("O12 O17: in strict a sum that is no number is estimated, so that the buckets go on being sent")
    void aSumThatIsNoNumberIsEstimatedInStrict() {
        String[] body = {
            "# TYPE h histogram", "h_bucket{le=\"1\"} 2", "h_bucket{le=\"+Inf\"} 3", "h_sum NaN", "h_count 3",
        };

        assertThat(sumOfH(tables(true).group(body))).isEqualTo(2 * 0.5 + 1);
        assertThat(sumOfH(tables(false).group(body))).isNaN();
    }

    private static double sumOfH(MetricGroup group) {
        return group.metrics()
                .get(0)
                .getHistogramData()
                .getPoints()
                .iterator()
                .next()
                .getSum();
    }

    @Test
    @DisplayName("O17: strict does not look at the times of samples")
    void strictTakesTheTimeOfTheScrape() {
        assertThat(Tables.timedPoints(tables(true).group("a 1 500"))).containsExactly("a 1-1 1.0");
        assertThat(Tables.timedPoints(tables(false).group("a 1 500"))).containsExactly("a 0-0.5 1.0");
    }

    @Test
    @DisplayName("O13 O16: in strict each line of a summary is a number of its own, equal quantiles are one")
    void aSummaryIsItsLines() {
        Tables strict = tables(true);
        String[] body = {
            "# TYPE s summary", "s{quantile=\"0.50\"} 1", "s{quantile=\"0.5\"} 2", "s 3", "s_sum 4", "s_count 5.5"
        };

        assertThat(Tables.heads(strict.group(body)))
                .containsExactly(
                        "s DOUBLE_GAUGE '' s SUMMARY",
                        "s_sum DOUBLE_SUM '' s SUMMARY",
                        "s_count DOUBLE_SUM '' s SUMMARY");
        assertThat(Tables.points(strict.group(body)))
                .containsExactly("s{quantile=\"0.5\"} 2.0", "s 3.0", "s_sum 4.0", "s_count 5.5");
        assertThat(Tables.heads(tables(false).group(body))).containsExactly("s SUMMARY '' s SUMMARY");
    }

    @Test
    @DisplayName("O8: in strict a gauge says when it would have begun were it a counter")
    void aGaugeSaysWhenACounterWouldHaveBegun() {
        Tables strict = tables(true);
        strict.group("a 1");
        MetricGroup second = strict.group("a 1");
        strict.skipScrape();
        strict.table().failed(false, 3 * SECONDS);

        assertThat(Tables.timedPoints(second)).containsExactly("a 1-2 1.0");
        assertThat(Tables.timedPoints(strict.group("a 1"))).containsExactly("a 4-4 1.0");
        assertThat(Tables.timedPoints(tables(false).group("a 1"))).containsExactly("a 0-1 1.0");
    }

    @Test
    void theShapeStaysWhileTheLinesStay() {
        Tables strict = tables(true);
        MetricGroup first = strict.group(SECOND);

        assertThat(strict.group("# TYPE c counter", "c{a=\"1\"} 30", "c{a=\"2\"} 4000")
                        .shape())
                .isSameAs(first.shape());
        assertThat(strict.group("# TYPE c counter", "c{a=\"1\"} 30", "b 1", "c{a=\"2\"} 4000")
                        .shape())
                .isNotSameAs(first.shape());
    }

    @Test
    @DisplayName("O30 O33: in strict OpenMetrics text without # EOF is refused")
    void openMetricsWithoutItsEndIsRefused() {
        SeriesTable strict = tables(true).table();
        String type = "application/openmetrics-text; version=1.0.0";

        assertThat(strict.read(Bodies.of("a 1"), type, Tables.RESOURCE, SECONDS).outcome())
                .isEqualTo(Reading.Outcome.UNREADABLE);
        Reading whole = strict.read(Bodies.of("a 1", "# EOF"), type, Tables.RESOURCE, 2 * SECONDS);
        assertThat(Tables.points(Objects.requireNonNull(whole.group()))).containsExactly("a 1.0");
    }

    private static Tables tables(boolean isStrict) {
        OfficialConfig official = new OfficialConfig(
                isStrict ? OfficialConfig.Compat.STRICT : OfficialConfig.Compat.OFF,
                OfficialConfig.Numbers.ALL,
                List.of(),
                null,
                false);
        return new Tables(ExpositionOptions.of(Tables.LIMITS, official), new SeriesBudget(Long.MAX_VALUE));
    }
}
