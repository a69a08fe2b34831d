package tscollector.app.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.Metric;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tscollector.app.interop.RandomMetrics.Kind;

/**
 * The exporter {@code datadog} and Datadog's own translator of OTLP metrics, with the same settings, over the same requests. What
 * {@link Comparison} and {@link TranslatorDifferencesInteropIT} do not name must be the same.
 */
class DatadogTranslatorInteropIT {
    private static final String HOST = "fallback-host";
    private static final String DROP = "sums: {initial_cumulative_monotonic_value: drop}";

    @ParameterizedTest(name = "{0} {1}")
    @DisplayName("R20 the inputs of the translator's own tests")
    @CsvSource(
            delimiter = '|',
            value = {
                "mixed/simple        | -quantiles                             | ",
                "mixed/simple        | -quantiles -aggregations               | histograms: {send_aggregation_metrics: true}",
                "mixed/simple        | -histograms=nobuckets -aggregations    | histograms: {mode: nobuckets, send_aggregation_metrics: true}, summaries: {mode: noquantiles}",
                "mixed/interval      | -infer-interval                        | infer_interval: true",
                "mixed/interval      | -histograms=counters                   | histograms: {mode: counters}",
                "source/simple       | -quantiles                             | ",
                "origin/origin       | -quantiles                             | ",
                "summary/simple      | -quantiles                             | ",
                "summary/simple      | -initial=drop                          | summaries: {mode: noquantiles}",
                "summary/attributes  | -quantiles                             | ",
                "hist/simple-delta   | -quantiles                             | ",
                "hist/simple-delta   | -histograms=counters                   | histograms: {mode: counters}",
                "hist/simple-delta   | -histograms=counters -aggregations     | histograms: {mode: counters, send_aggregation_metrics: true}",
                "hist/simple-delta   | -histograms=nobuckets -aggregations    | histograms: {mode: nobuckets, send_aggregation_metrics: true}",
                "hist/simple-delta-min-max       | -aggregations              | histograms: {send_aggregation_metrics: true}",
                "hist/zero-delta     | -aggregations                          | histograms: {send_aggregation_metrics: true}",
                "hist/empty-delta-with-min-max   | -aggregations              | histograms: {send_aggregation_metrics: true}",
                "hist/simple-cum     | -histograms=counters                   | histograms: {mode: counters}",
                "hist/simple-cum     | -histograms=counters -aggregations     | histograms: {mode: counters, send_aggregation_metrics: true}",
                "hist/static-cum     | -aggregations                          | histograms: {send_aggregation_metrics: true}",
                "hist/simple-exp     | -quantiles                             | ",
                "hist/simple-exp     | -quantiles -aggregations               | histograms: {send_aggregation_metrics: true}",
                "hist/single-point-exp-no-min-max | -aggregations             | histograms: {send_aggregation_metrics: true}",
                "hist/empty-delta-exponential    | -quantiles                 | ",
                "hist/empty-cum-exponential      | -quantiles                 | ",
            })
    void ownInputs(String input, String flags, String settings) throws Exception {
        ExportMetricsServiceRequest request = DatadogTranslator.ownInput(input);
        // they were recorded years ago; the exporter's clock shows that time
        compare(List.of(request), Instant.ofEpochSecond(0, newest(request)), flags, settings == null ? "" : settings);
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @DisplayName("R20 random series in every mode")
    @CsvSource(
            delimiter = '|',
            value = {
                "GAUGE DELTA_SUM UP_DOWN_SUM COUNTER DELTA_HISTOGRAM DELTA_EXPONENTIAL | -initial=auto | sums: {initial_cumulative_monotonic_value: auto}",
                "GAUGE DELTA_SUM UP_DOWN_SUM COUNTER DELTA_HISTOGRAM                   | -initial=keep | sums: {initial_cumulative_monotonic_value: keep}",
                "GAUGE DELTA_SUM UP_DOWN_SUM COUNTER DELTA_HISTOGRAM CUMULATIVE_HISTOGRAM SUMMARY | -initial=drop -quantiles | "
                        + DROP,
                "GAUGE DELTA_SUM UP_DOWN_SUM COUNTER                                   | -sums=raw_value | sums: {cumulative_monotonic_mode: raw_value}",
                "DELTA_SUM DELTA_HISTOGRAM DELTA_EXPONENTIAL                           | -infer-interval | infer_interval: true",
                "DELTA_HISTOGRAM CUMULATIVE_HISTOGRAM SUMMARY                          | -initial=drop -histograms=counters | histograms: {mode: counters}, summaries: {mode: noquantiles}, "
                        + DROP,
                "DELTA_HISTOGRAM CUMULATIVE_HISTOGRAM                                  | -initial=drop -histograms=counters -aggregations | histograms: {mode: counters, send_aggregation_metrics: true}, "
                        + DROP,
                "DELTA_HISTOGRAM CUMULATIVE_HISTOGRAM DELTA_EXPONENTIAL                | -initial=drop -histograms=nobuckets -aggregations | histograms: {mode: nobuckets, send_aggregation_metrics: true}, "
                        + DROP,
                "DELTA_HISTOGRAM CUMULATIVE_HISTOGRAM DELTA_EXPONENTIAL                | -initial=drop -aggregations | histograms: {send_aggregation_metrics: true}, "
                        + DROP,
            })
    void randomSeries(String kinds, String flags, String settings) throws Exception {
        Set<Kind> all = EnumSet.noneOf(Kind.class);
        Stream.of(kinds.split(" ")).map(Kind::valueOf).forEach(all::add);
        for (long seed : new long[] {1, 2, new SplittableRandom().nextLong()}) {
            Instant now = Instant.now();
            RandomMetrics random = new RandomMetrics(seed, now.plusSeconds(60), all, EnumSet.of(Kind.COUNTER));
            try {
                int points = compare(random.scrapes(20), now, flags, settings);
                assertThat(points).isGreaterThan(200);
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    /** Returns how many points they agree on. */
    private static int compare(List<ExportMetricsServiceRequest> requests, Instant now, String flags, String settings)
            throws Exception {
        List<String> all = new ArrayList<>(List.of(flags.split(" ")));
        all.add("-host=" + HOST);
        List<Sent> theirs = new ArrayList<>();
        List<String> resourceTags = new ArrayList<>();
        for (DatadogTranslator.Answer answer : DatadogTranslator.translate(requests, all)) {
            assertThat(answer.error()).isEmpty();
            theirs.addAll(answer.sent());
            resourceTags.addAll(answer.resourceTags());
        }
        NativeRoad.Arrived ours = NativeRoad.send(requests, now, settings, HOST);
        List<String> differences = Comparison.differences(theirs, resourceTags, ours.sent());
        assertThat(differences.stream().limit(5).toList())
                .as("%d of %d differ; dropped by us %s", differences.size(), theirs.size(), ours.dropped())
                .isEmpty();
        return theirs.size();
    }

    private static long newest(ExportMetricsServiceRequest request) {
        return request.getResourceMetricsList().stream()
                .flatMap(resource -> resource.getScopeMetricsList().stream())
                .flatMap(scope -> scope.getMetricsList().stream())
                .flatMapToLong(DatadogTranslatorInteropIT::times)
                .max()
                .orElse(Duration.ofDays(365).toNanos());
    }

    private static LongStream times(Metric metric) {
        return switch (metric.getDataCase()) {
            case GAUGE -> metric.getGauge().getDataPointsList().stream().mapToLong(point -> point.getTimeUnixNano());
            case SUM -> metric.getSum().getDataPointsList().stream().mapToLong(point -> point.getTimeUnixNano());
            case HISTOGRAM ->
                metric.getHistogram().getDataPointsList().stream().mapToLong(point -> point.getTimeUnixNano());
            case EXPONENTIAL_HISTOGRAM ->
                metric.getExponentialHistogram().getDataPointsList().stream()
                        .mapToLong(point -> point.getTimeUnixNano());
            case SUMMARY ->
                metric.getSummary().getDataPointsList().stream().mapToLong(point -> point.getTimeUnixNano());
            case DATA_NOT_SET -> LongStream.empty();
        };
    }
}
