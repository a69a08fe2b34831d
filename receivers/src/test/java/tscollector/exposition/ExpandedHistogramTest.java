package tscollector.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.metrics.data.MetricDataType;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tscollector.exposition.HistogramConfig.Form;
import tscollector.signal.ExposedType;
import tscollector.signal.MetricGroup;
import tscollector.torchserve.OfficialConfig;
import tscollector.torchserve.SeriesBudget;

class ExpandedHistogramTest {
    private static final String[] ODD = {
        "# TYPE h histogram",
        "h_bucket{le=\"+Inf\"} 9",
        "h_bucket{le=\"10\"} 7.5",
        "h_bucket{le=\"1e0\"} 2",
        "h_count 9",
        "h_sum -30"
    };

    @Test
    @DisplayName("O12: bounds in any order and form, counts with fractions and a negative sum stay as exposed")
    void sendsEachLineAsASumOfItsOwn() {
        MetricGroup group = tables(expanded(true, false)).group(ODD);

        assertThat(Tables.points(group))
                .containsExactly(
                        "h_bucket{le=\"+Inf\"} 9.0",
                        "h_bucket{le=\"10\"} 7.5",
                        "h_bucket{le=\"1e0\"} 2.0",
                        "h_count 9.0",
                        "h_sum -30.0");
        assertThat(group.metrics()).allSatisfy(metric -> {
            assertThat(metric.type()).isEqualTo(MetricDataType.DOUBLE_SUM);
            assertThat(metric.family()).isEqualTo("h");
            assertThat(metric.exposedType()).isEqualTo(ExposedType.HISTOGRAM);
            assertThat(metric.getDoubleSumData().isMonotonic()).isTrue();
        });
    }

    @Test
    @DisplayName("O12: collect_histogram_buckets false")
    void leavesBucketsOut() {
        Tables target = tables(expanded(false, false));

        Reading reading = target.read(Bodies.of(ODD));

        assertThat(Tables.points(Objects.requireNonNull(reading.group())))
                .containsExactly("h_count 9.0", "h_sum -30.0");
        assertThat(reading.left()).isEmpty();
    }

    @Test
    @DisplayName("O12: non_cumulative_histogram_buckets")
    void givesEachBucketItsOwnShare() {
        MetricGroup group = tables(expanded(true, true)).group(ODD);

        assertThat(Tables.points(group))
                .containsExactly(
                        "h_bucket{le=\"1e0\", lower_bound=\"0\"} 2.0",
                        "h_bucket{le=\"10\", lower_bound=\"1.0\"} 5.5",
                        "h_bucket{le=\"+Inf\", lower_bound=\"10.0\"} 1.5",
                        "h_count 9.0",
                        "h_sum -30.0");
    }

    @Test
    @DisplayName("O12: the lowest bucket begins at minus infinity if it ends at 0 or below")
    void theLowestBucketBeginsWhereItCan() {
        MetricGroup group = tables(expanded(true, true))
                .group("# TYPE h histogram", "h_bucket{le=\"0\"} 3", "h_bucket{le=\"-1\"} 1", "h_bucket{le=\"-0\"} 4");

        assertThat(Tables.points(group))
                .containsExactly(
                        "h_bucket{le=\"-1\", lower_bound=\"-inf\"} 1.0",
                        "h_bucket{le=\"0\", lower_bound=\"-1.0\"} 6.0");
    }

    @Test
    @DisplayName("O12: distributions stay native, with sum and count beside them if they are wanted")
    void distributionsStayHistograms() {
        HistogramConfig plain = new HistogramConfig(Form.EXPANDED, false, true, true, false);
        HistogramConfig withCounters = new HistogramConfig(Form.NATIVE, true, false, false, true);

        assertThat(Tables.heads(tables(plain).group(ODD))).containsExactly("h HISTOGRAM '' h HISTOGRAM");
        assertThat(Tables.heads(tables(withCounters).group(ODD)))
                .containsExactly(
                        "h HISTOGRAM '' h HISTOGRAM",
                        "h_count DOUBLE_SUM '' h HISTOGRAM",
                        "h_sum DOUBLE_SUM '' h HISTOGRAM");
    }

    @Test
    @DisplayName("O8 O12: parts of a histogram have start times as counters have")
    void startsAreThoseOfCounters() {
        Tables target = tables(expanded(true, true));
        String type = "# TYPE h histogram";
        target.group(type, "h_bucket{le=\"1\"} 2", "h_count 3");
        MetricGroup second = target.group(type, "h_bucket{le=\"1\"} 1", "h_bucket{le=\"2\"} 2", "h_count 4", "h_sum 1");

        assertThat(Tables.timedPoints(second))
                .containsExactly(
                        "h_bucket{le=\"1\", lower_bound=\"0\"} 1-2 1.0",
                        "h_bucket{le=\"2\", lower_bound=\"1.0\"} 1-2 1.0",
                        "h_count 1-2 4.0",
                        "h_sum 1-2 1.0");
        MetricGroup third = target.group(type, "h_bucket{le=\"1\"} 0", "h_bucket{le=\"2\"} 2", "h_count 4", "h_sum 1");
        assertThat(Tables.timedPoints(third).get(0)).isEqualTo("h_bucket{le=\"1\", lower_bound=\"0\"} 2-3 0.0");
        assertThat(third.shape()).isSameAs(second.shape());
    }

    @Test
    @DisplayName("O12: a bound that is no number costs that bucket")
    void countsABoundThatIsNone() {
        Reading reading = tables(expanded(true, false))
                .read(Bodies.of("# TYPE h histogram", "h_bucket{le=\"x\"} 1", "h_bucket{a=\"1\"} 1", "h_count 1"));

        assertThat(Tables.points(Objects.requireNonNull(reading.group()))).containsExactly("h_count 1.0");
        assertThat(reading.left()).containsEntry(LayoutBuilder.BAD_BOUND, 1).containsEntry(LayoutBuilder.STRAY, 1);
    }

    @Test
    void addsDuplicatesInEveryForm() {
        String[] body = {"# TYPE h histogram", "h_bucket{le=\"1\"} 1", "h_bucket{le=\"1\"} 2", "h_bucket{le=\"2\"} 5"};

        Reading cumulative = tables(expanded(true, false)).read(Bodies.of(body));
        Reading shares = tables(expanded(true, true)).read(Bodies.of(body));

        assertThat(Tables.points(Objects.requireNonNull(cumulative.group())))
                .containsExactly("h_bucket{le=\"1\"} 3.0", "h_bucket{le=\"2\"} 5.0");
        assertThat(Tables.points(Objects.requireNonNull(shares.group())))
                .containsExactly(
                        "h_bucket{le=\"1\", lower_bound=\"0\"} 3.0", "h_bucket{le=\"2\", lower_bound=\"1.0\"} 2.0");
        assertThat(List.of(cumulative, shares))
                .allSatisfy(reading -> assertThat(reading.left()).containsEntry(LayoutBuilder.DUPLICATE, 1));
    }

    @Test
    @DisplayName("O13: strict sends what there is of a summary or histogram that lacks its sum or count")
    void strictSendsParts() {
        Tables strict = new Tables(
                new ExpositionOptions(
                        Tables.LIMITS,
                        ExpositionConfig.defaults(),
                        HistogramConfig.defaults(),
                        new OfficialConfig(
                                OfficialConfig.Compat.STRICT, OfficialConfig.Numbers.ALL, List.of(), null, false)),
                new SeriesBudget(Long.MAX_VALUE));

        MetricGroup group = strict.group(
                "# TYPE s summary",
                "s{quantile=\"0.5\"} 4",
                "# TYPE h histogram",
                "h_bucket{le=\"2\"} 2",
                "h_bucket{le=\"+Inf\"} 3",
                "# TYPE t summary",
                "t{quantile=\"7\"} 4");

        assertThat(Tables.points(group))
                .containsExactly("s{quantile=\"0.5\"} 4.0", "h count=3 sum=4.0 [2.0][2, 1]", "t{quantile=\"7.0\"} 4.0");
        assertThat(Tables.heads(group).get(0)).isEqualTo("s DOUBLE_GAUGE '' s SUMMARY");
        assertThat(Tables.points(strict.group("# TYPE s summary", "s{quantile=\"0.5\"} 4", "s_count 2")))
                .containsExactly("s{quantile=\"0.5\"} 4.0", "s_count 2.0");
    }

    private static HistogramConfig expanded(boolean buckets, boolean shares) {
        return new HistogramConfig(Form.EXPANDED, buckets, shares, false, false);
    }

    private static Tables tables(HistogramConfig histograms) {
        return new Tables(
                new ExpositionOptions(
                        Tables.LIMITS, ExpositionConfig.defaults(), histograms, OfficialConfig.defaults()),
                new SeriesBudget(Long.MAX_VALUE));
    }
}
