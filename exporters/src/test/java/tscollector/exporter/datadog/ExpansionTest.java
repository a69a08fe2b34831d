package tscollector.exporter.datadog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tscollector.exporter.datadog.SeriesFixture.SECOND;
import static tscollector.exporter.datadog.SeriesFixture.at;
import static tscollector.exporter.datadog.SeriesFixture.batch;
import static tscollector.exporter.datadog.SeriesFixture.gauges;
import static tscollector.exporter.datadog.SeriesFixture.histograms;
import static tscollector.exporter.datadog.SeriesFixture.metric;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.SummaryData;
import io.opentelemetry.sdk.metrics.data.SummaryPointData;
import io.opentelemetry.sdk.metrics.data.ValueAtQuantile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tscollector.consumer.DeliveryException;
import tscollector.exporter.datadog.MetricsConfig.HistogramsConfig;
import tscollector.exporter.datadog.MetricsConfig.SummariesConfig;
import tscollector.signal.Metric;
import tscollector.signal.MetricBatch;
import tscollector.signal.MetricGroup;
import tscollector.signal.Shape;
import tscollector.signal.Signal;
import tscollector.testkit.Batches;
import tscollector.testkit.contract.IdentityLaw;

class ExpansionTest {
    private static final Metric GAUGE = gauges("g", at(SECOND, 1));

    private final Expansion expansion = new Expansion(List.of(SummaryRecipe.recipes(SummariesConfig.defaults())));

    @Test
    void aBatchWithoutSummariesIsTheSameInstance() {
        MetricBatch batch = batch(gauges("g", at(SECOND, 1)));

        assertThat(expansion.expand(batch)).isSameAs(batch);
    }

    @Test
    void theShapeStaysWhileTheShapeOfWhatComesInStays() {
        Shape shape = new Shape();

        MetricGroup first = expand(shape, summary(1, 0.5, 0.9));
        MetricGroup second = expand(shape, summary(2, 0.5, 0.9));

        assertThat(second.shape()).isSameAs(first.shape()).isNotSameAs(shape);
        assertThat(second.metrics()).extracting(Metric::name).containsExactly("s.count", "s.sum", "s.quantile", "g");
        assertThat(attributes(second)).isEqualTo(attributes(first));
        assertThat(attributes(second).get(0)).isSameAs(attributes(first).get(0));
    }

    @Test
    @DisplayName("R27: the points that are made of a summary are counted, so that the books balance")
    void furtherPointsAreCounted() {
        SeriesFixture exporter = SeriesFixture.withDefaults();

        exporter.send(new MetricBatch(List.of(
                MetricGroup.of(SeriesFixture.SERVER, Batches.SCOPE, List.of(summary(1, 0.5, 0.9)), new Shape()))));

        long further = exporter.test.telemetry().count("further points made of summaries and histograms");
        assertThat(further).isEqualTo(3);
        assertThat(exporter.accounted()).isEqualTo(1 + further);
    }

    @Test
    void otherQuantilesMakeAnotherShape() {
        Shape shape = new Shape();
        MetricGroup first = expand(shape, summary(1, 0.5, 0.9));

        MetricGroup second = expand(shape, summary(1, 0.5, 0.99));
        MetricGroup third = expand(shape, summary(1));

        assertThat(second.shape()).isNotSameAs(first.shape());
        assertThat(attributes(second)).extracting(Object::toString).anyMatch(text -> text.contains("0.99"));
        assertThat(third.metrics()).extracting(Metric::name).containsExactly("s.count", "s.sum", "g");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, 0",
        "1, 1.0",
        "0.5, 0.5",
        "0.999999, 0.999999",
        "0.0001, 0.0001",
        "0.00001, 1e-05",
        "1e-7, 1e-07",
        "100, 100.0",
        "Infinity, inf",
        "NaN, nan"
    })
    void quantilesAreWrittenAsTheCheckWritesThem(double quantile, String text) {
        List<Attributes> gauges = attributes(expand(new Shape(), summary(1, quantile)));

        assertThat(gauges)
                .extracting(of -> of.get(AttributeKey.stringKey("quantile")))
                .containsExactly(text);
    }

    @Test
    void whatHasOtherQuantilesFromNowOnKeepsItsNewShape() {
        Shape shape = new Shape();
        expand(shape, summary(1, 0.5, 0.9));

        MetricGroup second = expand(shape, summary(1, 0.5, 0.99));

        assertThat(expand(shape, summary(2, 0.5, 0.99)).shape()).isSameAs(second.shape());
    }

    @Test
    @DisplayName("noquantiles: a summary is two counters, whatever quantiles it has")
    void noQuantiles() {
        Expansion counters = new Expansion(
                List.of(SummaryRecipe.recipes(new SummariesConfig(SummariesConfig.SummaryMode.NOQUANTILES))));
        Shape shape = new Shape();

        MetricGroup first = expand(counters, shape, summary(1, 0.5, 0.9));
        MetricGroup second = expand(counters, shape, summary(1, 0.99));

        assertThat(first.metrics()).extracting(Metric::name).containsExactly("s.count", "s.sum", "g");
        assertThat(second.shape()).isSameAs(first.shape());
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("R19 while nothing but values of a histogram changes, what it becomes keeps shape and attributes")
    void r19_histogramsKeepTheirShape(HistogramsConfig.HistogramMode mode) {
        Expansion histograms = new Expansion(List.of(HistogramRecipe.recipes(new HistogramsConfig(mode, true))));
        Shape shape = new Shape();

        MetricGroup first = expand(histograms, shape, histogram(1, 1.0, 2.0));
        MetricGroup second = expand(histograms, shape, histogram(2, 1.0, 2.0));

        IdentityLaw.check(List.of(new MetricBatch(List.of(first))), List.of(new MetricBatch(List.of(second))));
        assertThat(first.shape()).isNotSameAs(shape);
        assertThat(first.metrics()).extracting(Metric::name).contains("h.count", "h.sum", "g");
    }

    @Test
    @DisplayName("R19 points that know their extremes from now on make another shape, which then stays")
    void r19_extremes() {
        Expansion extremes = new Expansion(List.of(
                ExtremesRecipe.recipes(new HistogramsConfig(HistogramsConfig.HistogramMode.DISTRIBUTIONS, true))));
        Shape shape = new Shape();
        HistogramPointData known = HistogramPointData.create(
                0, SECOND * 1_000_000_000L, Attributes.empty(), 3, true, 1, true, 2, List.of(), List.of(2L));

        MetricGroup without = expand(extremes, shape, histogram(1, 1.0));
        MetricGroup with = expand(extremes, shape, histograms("h", known));
        MetricGroup still = expand(extremes, shape, histograms("h", known));

        assertThat(without.metrics()).extracting(Metric::name).containsExactly("h", "g");
        assertThat(with.metrics()).extracting(Metric::name).containsExactly("h", "h.min", "h.max", "g");
        IdentityLaw.check(List.of(new MetricBatch(List.of(with))), List.of(new MetricBatch(List.of(still))));
    }

    @Test
    @DisplayName("R19 other bounds make another shape, which then stays")
    void r19_otherBounds() {
        Expansion histograms = new Expansion(
                List.of(HistogramRecipe.recipes(new HistogramsConfig(HistogramsConfig.HistogramMode.COUNTERS, false))));
        Shape shape = new Shape();
        MetricGroup first = expand(histograms, shape, histogram(1, 1.0, 2.0));

        MetricGroup second = expand(histograms, shape, histogram(1, 1.0, 3.0));
        MetricGroup third = expand(histograms, shape, histogram(2, 1.0, 3.0));

        assertThat(second.shape()).isNotSameAs(first.shape());
        assertThat(second.metrics().get(0).data().getPoints())
                .extracting(point -> point.getAttributes().get(AttributeKey.stringKey("upper_bound")))
                .containsExactly("1.0", "3.0", "inf");
        assertThat(third.shape()).isSameAs(second.shape());
    }

    @Test
    @DisplayName("R27: what is made of a histogram is counted once, when the queue takes it")
    void madePointsAreCountedWhenTheyAreTaken() {
        Destination destination = Destination.started(
                "metrics: {histograms: {mode: counters}}\nsending_queue: {sizer: items, queue_size: 6}");
        destination.caller.away(true);
        for (int i = 0; i < 3; i++) {
            destination.send(batch(histogram(1, 1.0)));
        }
        MetricBatch refused = batch(histogram(1, 1.0));
        assertThatThrownBy(() -> Objects.requireNonNull(
                                destination.exporter.inputs().get(Signal.METRICS))
                        .consume(refused))
                .isInstanceOf(DeliveryException.class);

        assertThat(destination.test.telemetry().count("further points made of summaries and histograms"))
                .isEqualTo(3);
        assertThat(destination.accountsFor(3 + 3)).isTrue();
    }

    private MetricGroup expand(Shape shape, Metric summary) {
        return expand(expansion, shape, summary);
    }

    private static MetricGroup expand(Expansion expansion, Shape shape, Metric metric) {
        MetricGroup group = MetricGroup.of(metric.resource(), metric.scope(), List.of(metric, GAUGE), shape);
        return expansion.expand(new MetricBatch(List.of(group))).groups().get(0);
    }

    private static Metric histogram(long count, double... bounds) {
        List<Double> all = Arrays.stream(bounds).boxed().toList();
        List<Long> counts = new ArrayList<>(Collections.nCopies(bounds.length + 1, count));
        return histograms("h", SeriesFixture.histogram(SECOND, (double) count, all, counts));
    }

    private static List<Attributes> attributes(MetricGroup group) {
        return group.metrics().get(2).data().getPoints().stream()
                .map(point -> point.getAttributes())
                .toList();
    }

    private static Metric summary(long count, double... quantiles) {
        List<ValueAtQuantile> values = new ArrayList<>();
        for (double quantile : quantiles) {
            values.add(ValueAtQuantile.create(quantile, (double) count));
        }
        return metric(
                "s",
                MetricDataType.SUMMARY,
                SummaryData.create(List.of(SummaryPointData.create(
                        0, SECOND * 1_000_000_000L, Attributes.empty(), count, count * 2.0, values))));
    }
}
