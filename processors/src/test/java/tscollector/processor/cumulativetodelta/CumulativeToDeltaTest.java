package tscollector.processor.cumulativetodelta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.metrics.data.SumData;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tscollector.component.Deadline;
import tscollector.config.ConfigBinder;
import tscollector.config.Problems;
import tscollector.consumer.DeliveryException;
import tscollector.processor.Built;
import tscollector.processor.Processor;
import tscollector.processor.ScrapeRuns;
import tscollector.reshape.MatchType;
import tscollector.signal.Metric;
import tscollector.signal.MetricBatch;
import tscollector.signal.MetricGroup;
import tscollector.testkit.Batches;
import tscollector.testkit.CollectingConsumer;
import tscollector.testkit.MemoryStorage;
import tscollector.testkit.TestContext;
import tscollector.testkit.contract.IdentityLaw;

class CumulativeToDeltaTest {
    private final TestContext test = new TestContext("cumulativetodelta");
    private final CollectingConsumer<MetricBatch> next = CollectingConsumer.metrics();
    private final ScrapeRuns target = new ScrapeRuns();

    private Processor<MetricBatch> processor(String yaml) throws Exception {
        Problems problems = new Problems();
        CumulativeToDeltaConfig config = java.util.ServiceLoader.load(ConfigBinder.class)
                .findFirst()
                .orElseThrow()
                .bind(yaml, new CumulativeToDeltaFactory().descriptor(), problems);
        assertThat(problems.all()).isEmpty();
        Processor<MetricBatch> processor = Built.metrics(new CumulativeToDeltaFactory(), test.build(), config, next);
        processor.start(test.host());
        return processor;
    }

    /** Name to values of what came last: numbers, or counts of buckets. */
    private Map<String, List<Double>> last() {
        Map<String, List<Double>> values = new TreeMap<>();
        MetricBatch batch = next.batches().get(next.batches().size() - 1);
        for (MetricGroup group : batch.groups()) {
            for (Metric metric : group.metrics()) {
                List<Double> numbers = new ArrayList<>();
                for (PointData point : metric.data().getPoints()) {
                    if (point instanceof DoublePointData number) {
                        numbers.add(number.getValue());
                    } else if (point instanceof HistogramPointData histogram) {
                        histogram.getCounts().forEach(count -> numbers.add((double) count));
                    }
                }
                values.put(metric.name(), numbers);
            }
        }
        return values;
    }

    @Test
    @DisplayName(
            "R11 by auto, a target's first scrape gives no counters and the next ones differences; all else passes")
    void countersBecomeDifferences() throws Exception {
        Processor<MetricBatch> processor = processor("{}");

        processor.consume(target.run(0));
        assertThat(last())
                .containsKeys("CPUUtilization", "up", "my_summary")
                .doesNotContainKeys("Requests2XX", "my_latency");

        processor.consume(target.run(1));
        processor.consume(target.run(3));
        assertThat(last())
                .containsEntry("Requests2XX", List.of(2.0, 4.0))
                .containsEntry("ts_inference_requests_total", List.of(2.0))
                .containsEntry("my_latency", List.of(2.0, 0.0, 0.0, 2.0, 0.0, 0.0))
                .containsEntry("CPUUtilization", List.of(3.0));
    }

    @Test
    void deltasSaySo() throws Exception {
        Processor<MetricBatch> processor = processor("{}");
        processor.consume(target.run(0));
        processor.consume(target.run(1));

        for (MetricGroup group : next.batches().get(1).groups()) {
            for (Metric metric : group.metrics()) {
                if (metric.data() instanceof SumData<?> sum) {
                    assertThat(sum.getAggregationTemporality())
                            .as(metric.name())
                            .isEqualTo(AggregationTemporality.DELTA);
                }
            }
        }
    }

    @Test
    void theSameShapeInGivesTheSameShapeOut() throws Exception {
        Processor<MetricBatch> processor = processor("{}");
        for (int run = 0; run < 4; run++) {
            processor.consume(target.run(run));
        }

        List<MetricBatch> out = next.batches();
        IdentityLaw.check(out.subList(1, 2), out.subList(2, 3));
        IdentityLaw.check(out.subList(2, 3), out.subList(3, 4));
    }

    @Test
    void includeNeedsNameAndTypeAndExcludeOneOfThem() throws Exception {
        Processor<MetricBatch> processor = processor("""
                include:
                  match_type: regexp
                  metrics: [Requests, latency]
                  metric_types: [sum]
                exclude:
                  metrics: [ts_inference_requests_total]
                """);
        processor.consume(target.run(1));
        processor.consume(target.run(2));

        assertThat(last())
                .containsEntry("Requests2XX", List.of(1.0, 2.0))
                .containsEntry("ts_inference_requests_total", List.of(2.0))
                .containsEntry("my_latency", List.of(2.0, 0.0, 0.0, 2.0, 0.0, 0.0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{exclude: {metric_types: [sum]}}",
                "{include: {metric_types: [histogram, exponentialhistogram]}}",
                "{include: {match_type: strict, metrics: [my_latency]}}",
                "{exclude: {match_type: regexp, metrics: ['[Rr]equests']}}"
            })
    void onlyHistograms(String yaml) throws Exception {
        Processor<MetricBatch> processor = processor(yaml);
        processor.consume(target.run(1));
        processor.consume(target.run(2));

        assertThat(last())
                .containsEntry("Requests2XX", List.of(2.0, 4.0))
                .containsEntry("my_latency", List.of(1.0, 0.0, 0.0, 1.0, 0.0, 0.0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"agent", "keep"})
    void theseSendWhatBeganBeforeItsPoint(String rule) throws Exception {
        processor("initial_value: " + rule).consume(target.run(5));

        assertThat(last()).containsEntry("Requests2XX", List.of(5.0, 10.0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "drop"})
    void theseDoNotSendWhatBeganBeforeTheProcess(String rule) throws Exception {
        processor("initial_value: " + rule).consume(target.run(5));

        assertThat(last()).doesNotContainKey("Requests2XX");
        assertThat(test.telemetry().dropped()).containsEntry("first value of a series", 5L);
    }

    @Test
    void aSeriesIsForgottenAfterMaxStaleness() throws Exception {
        Processor<MetricBatch> processor = processor("{max_staleness: 1m, initial_value: drop}");
        processor.consume(target.run(1));
        test.scheduler().advance(Duration.ofMinutes(2));
        processor.consume(target.run(9));

        assertThat(last()).doesNotContainKey("Requests2XX");
        assertThat(test.telemetry().counts()).containsEntry("series forgotten", 5L);
    }

    @Test
    void whatIsBeyondMaxSeriesIsCounted() throws Exception {
        processor("{max_series: 2, initial_value: keep}").consume(target.run(1));

        assertThat(test.telemetry().dropped()).containsEntry("too many series", 3L);
        assertThat(last()).containsKey("Requests2XX").doesNotContainKey("ts_inference_requests_total");
    }

    @Test
    @DisplayName("R39 with a storage, a restart makes neither a gap nor a spike")
    void aRestart() throws Exception {
        test.host().with("file_storage", new MemoryStorage());
        Processor<MetricBatch> first = processor("storage: file_storage");
        first.consume(target.run(0));
        first.consume(target.run(2));
        first.shutdown(Deadline.in(Duration.ofSeconds(1), test.build().clock()));
        test.scheduler().advance(Duration.ofMinutes(1));

        Processor<MetricBatch> second = processor("storage: file_storage");
        second.consume(new ScrapeRuns().run(7));

        assertThat(last()).containsEntry("Requests2XX", List.of(5.0, 10.0));
    }

    @Test
    void aRefusedBatchThatComesAgainGetsTheSameDeltas() throws Exception {
        Processor<MetricBatch> processor = processor("{}");
        processor.consume(target.run(0));
        MetricBatch refused = target.run(1);
        next.refuseNext(DeliveryException.retryable("full"));
        assertThatThrownBy(() -> processor.consume(refused)).isInstanceOf(DeliveryException.class);

        processor.consume(refused);

        assertThat(last()).containsEntry("Requests2XX", List.of(1.0, 2.0));
        assertThat(test.telemetry().dropped()).doesNotContainKey("not newer than the last point");
    }

    @Test
    void aRefusedBatchThatDoesNotComeAgainIsContainedInTheNext() throws Exception {
        Processor<MetricBatch> processor = processor("{}");
        processor.consume(target.run(0));
        next.refuseNext(DeliveryException.retryable("full"));
        assertThatThrownBy(() -> processor.consume(target.run(1))).isInstanceOf(DeliveryException.class);

        processor.consume(target.run(2));

        assertThat(last()).containsEntry("Requests2XX", List.of(2.0, 4.0));
    }

    @Test
    void whatOneOfSeveralTookIsNotCountedTwice() throws Exception {
        Processor<MetricBatch> processor = processor("{}");
        processor.consume(target.run(0));
        next.refuseNext(DeliveryException.partly(DeliveryException.retryable("full")));
        assertThatThrownBy(() -> processor.consume(target.run(1))).isInstanceOf(DeliveryException.class);

        processor.consume(target.run(2));

        assertThat(last()).containsEntry("Requests2XX", List.of(1.0, 2.0));
    }

    @Test
    void nothingIsPassedOnOfABatchThatHasOnlyFirstValues() throws Exception {
        processor("initial_value: drop").consume(new Batches().counter("c", 1).batch());

        assertThat(next.batches()).isEmpty();
    }

    @Test
    void badRulesAreNamed() {
        CumulativeToDeltaConfig.MetricRule empty = CumulativeToDeltaConfig.MetricRule.defaults();
        CumulativeToDeltaConfig.MetricRule bad =
                new CumulativeToDeltaConfig.MetricRule(MatchType.REGEXP, List.of("", "("), List.of());

        assertThat(Built.problems(empty)).containsExactly("needs an entry in metrics or metric_types");
        assertThat(Built.problems(bad)).hasSize(2).first().asString().startsWith("metrics[0] must not be empty");
    }
}
