package tscollector.exporter.datadog;

import static org.assertj.core.api.Assertions.assertThat;
import static tscollector.exporter.datadog.SeriesFixture.SECOND;
import static tscollector.exporter.datadog.SeriesFixture.at;
import static tscollector.exporter.datadog.SeriesFixture.batch;
import static tscollector.exporter.datadog.SeriesFixture.gauges;
import static tscollector.exporter.datadog.SeriesFixture.metric;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.SummaryData;
import io.opentelemetry.sdk.metrics.data.SummaryPointData;
import io.opentelemetry.sdk.metrics.data.ValueAtQuantile;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tscollector.signal.Metric;
import tscollector.signal.MetricBatch;
import tscollector.signal.MetricGroup;
import tscollector.signal.Shape;
import tscollector.testkit.Batches;

class ExpansionTest {
    private final Expansion expansion =
            new Expansion(SummaryRecipe.recipes(MetricsConfig.SummariesConfig.defaults()));

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

        long further = exporter.test.telemetry().count("further points made of summaries");
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

    private MetricGroup expand(Shape shape, Metric summary) {
        Metric gauge = gauges("g", at(SECOND, 1));
        MetricGroup group = MetricGroup.of(summary.resource(), summary.scope(), List.of(summary, gauge), shape);
        return expansion.expand(new MetricBatch(List.of(group))).groups().get(0);
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
