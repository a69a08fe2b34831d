package tscollector.kit.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static tscollector.testkit.Batches.attributes;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.Data;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramBuckets;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramData;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramPointData;
import io.opentelemetry.sdk.metrics.data.GaugeData;
import io.opentelemetry.sdk.metrics.data.HistogramData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.SumData;
import io.opentelemetry.sdk.metrics.data.SummaryData;
import io.opentelemetry.sdk.metrics.data.SummaryPointData;
import io.opentelemetry.sdk.resources.Resource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tscollector.signal.Metric;
import tscollector.testkit.Batches;

class FormTest {
    private static final Attributes A = attributes("a", "1");

    static Stream<Arguments> everyKind() {
        List<LongPointData> whole = List.of(LongPointData.create(1, 2, A, 7));
        List<DoublePointData> numbers = List.of(DoublePointData.create(1, 2, A, 0.5, List.of()));
        ExponentialHistogramBuckets buckets = ExponentialHistogramBuckets.create(0, 0, List.of(1L));
        AggregationTemporality delta = AggregationTemporality.DELTA;
        return Stream.of(
                Arguments.of(MetricDataType.LONG_GAUGE, GaugeData.createLongGaugeData(whole)),
                Arguments.of(MetricDataType.DOUBLE_GAUGE, GaugeData.createDoubleGaugeData(numbers)),
                Arguments.of(MetricDataType.LONG_SUM, SumData.createLongSumData(true, delta, whole)),
                Arguments.of(MetricDataType.LONG_SUM, SumData.createLongSumData(false, delta, whole)),
                Arguments.of(MetricDataType.DOUBLE_SUM, SumData.createDoubleSumData(true, delta, numbers)),
                Arguments.of(
                        MetricDataType.DOUBLE_SUM,
                        SumData.createDoubleSumData(false, AggregationTemporality.CUMULATIVE, numbers)),
                Arguments.of(
                        MetricDataType.SUMMARY,
                        SummaryData.create(List.of(SummaryPointData.create(1, 2, A, 3, 4, List.of())))),
                Arguments.of(
                        MetricDataType.HISTOGRAM,
                        HistogramData.create(
                                delta,
                                List.of(HistogramPointData.create(
                                        1, 2, A, 3, true, 1, true, 2, List.of(1.0), List.of(1L, 2L))))),
                Arguments.of(
                        MetricDataType.EXPONENTIAL_HISTOGRAM,
                        ExponentialHistogramData.create(
                                delta,
                                List.of(ExponentialHistogramPointData.create(
                                        0, 1.5, 1, true, 1, true, 1, buckets, buckets, 1, 2, A, List.of())))));
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void dataBuiltFromItsFormAndPointsIsTheSame(MetricDataType type, Data<?> data) {
        Form form = Form.of(metric(type, data));

        Data<?> again = form.data(List.copyOf(data.getPoints()));

        assertThat(Form.of(metric(type, again))).isEqualTo(form);
        assertThat(again.getPoints()).isEqualTo(data.getPoints());
        assertThat(again).isEqualTo(data);
    }

    @Test
    void theOtherKindOfANumberKeepsWhetherItIsWhole() {
        AggregationTemporality delta = AggregationTemporality.DELTA;

        assertThat(new Form(MetricDataType.LONG_SUM, true, delta).asGauge()).isEqualTo(Form.LONG_GAUGE);
        assertThat(new Form(MetricDataType.DOUBLE_SUM, true, delta).asGauge()).isEqualTo(Form.DOUBLE_GAUGE);
        assertThat(Form.LONG_GAUGE.asCounter())
                .isEqualTo(new Form(MetricDataType.LONG_SUM, true, AggregationTemporality.CUMULATIVE));
        assertThat(Form.DOUBLE_GAUGE.asCounter())
                .isEqualTo(new Form(MetricDataType.DOUBLE_SUM, true, AggregationTemporality.CUMULATIVE));
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void onlyGaugesAndSumsAreNumbers(MetricDataType type, Data<?> data) {
        boolean number = data instanceof GaugeData<?> || data instanceof SumData<?>;

        assertThat(Form.of(metric(type, data)).isNumber()).isEqualTo(number);
    }

    private static Metric metric(MetricDataType type, Data<?> data) {
        return new Metric(Resource.empty(), Batches.SCOPE, "m", "", "1", type, data, "m", null);
    }
}
