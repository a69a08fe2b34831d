package tscollector.exporter.datadog;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tscollector.config.Config;
import tscollector.config.Problems;
import tscollector.config.Setting;
import tscollector.kit.delta.DeltaRules.InitialValue;

/** The section {@code metrics}; names of the Collector's exporter where it has them. */
public record MetricsConfig(
        @Setting(
                doc =
                        "Base address for series, sketches, check runs, events and key validation, whose paths are appended. Absent: https://api.SITE.",
                format = Setting.Format.HTTP_URL)
        @Nullable
        String endpoint,

        @Setting(doc = "How series are encoded: protobuf or json.")
        Encoding encoding,

        @Setting(
                doc =
                        "Points older than this are dropped before each try, since the intake drops them silently. 0s: no limit, for metrics with historical ingestion.",
                min = "0s")
        Duration maxPointAge,

        @Setting(doc = "Whether the attributes of the resource become tags too.")
        boolean resourceAttributesAsTags,

        @Setting(
                doc =
                        "Whether counts tell the interval they were counted in: the time since the point before, if that is within 0.05 s of a whole number of seconds. The Agent's checks tell none.")
        boolean inferInterval,

        @Setting(
                doc =
                        "Names, as Datadog has them, of counts that leave as rates: divided by the seconds they were counted in, which are rounded to whole ones. * stands for any characters. A count whose time is not known stays a count.",
                example = "[torchserve.openmetrics.inference.count, 'queue.*']")
        List<String> countAsRate,

        @Setting(doc = "What becomes of histograms.") HistogramsConfig histograms,

        @Setting(doc = "What becomes of cumulative monotonic sums, that is, counters.")
        SumsConfig sums,

        @Setting(doc = "What becomes of summaries.") SummariesConfig summaries,

        @Setting(
                doc =
                        "How often a sketch is sent again although it may have arrived, for instance after a timeout: the intake adds up what it gets twice. 0: it is dropped instead.",
                min = "0")
        int retryUnknownSketches)
        implements Config {

    /** Encodings of series; sketches are always protobuf. */
    public enum Encoding {
        PROTOBUF,
        JSON
    }

    public MetricsConfig {
        countAsRate = List.copyOf(countAsRate);
    }

    /** As the Agent's checks send; histograms as distributions. */
    public static MetricsConfig defaults() {
        return new MetricsConfig(
                null,
                Encoding.PROTOBUF,
                Duration.ofHours(1),
                false,
                false,
                List.of(),
                HistogramsConfig.defaults(),
                SumsConfig.defaults(),
                SummariesConfig.defaults(),
                1);
    }

    @Override
    public void validate(Problems problems) {
        for (int i = 0; i < countAsRate.size(); i++) {
            problems.check(
                    "count_as_rate[" + i + "]",
                    NamePattern.isOne(countAsRate.get(i)),
                    "must be the name of a metric as Datadog has it: letters, digits, _ and . after a letter, and * for any"
                            + " characters");
        }
    }

    /** The section {@code histograms}. */
    public record HistogramsConfig(
            @Setting(
                    doc =
                            "distributions: a sketch of each. counters: a count NAME.bucket for each bucket, with tags lower_bound and upper_bound. agent_buckets: NAME.bucket as the Agent's checks have it, each bucket with all below it, tagged with its upper_bound, without the last. nobuckets: nothing but the aggregation metrics. Exponential histograms are always sketches, and have aggregation metrics if these are sent.")
            HistogramMode mode,

            @Setting(
                    doc =
                            "Whether the counts NAME.count and NAME.sum are sent, and the gauges NAME.min and NAME.max of histograms that come as deltas and know these.")
            boolean sendAggregationMetrics)
            implements Config {

        /** What becomes of the buckets of a histogram. */
        public enum HistogramMode {
            DISTRIBUTIONS,
            COUNTERS,
            NOBUCKETS,
            AGENT_BUCKETS
        }

        public static HistogramsConfig defaults() {
            return new HistogramsConfig(HistogramMode.DISTRIBUTIONS, false);
        }

        @Override
        public void validate(Problems problems) {
            problems.check(
                    "mode",
                    mode != HistogramMode.NOBUCKETS || sendAggregationMetrics,
                    "nobuckets leaves nothing of a histogram; write send_aggregation_metrics: true as well");
        }
    }

    /** The section {@code sums}. */
    public record SumsConfig(
            @Setting(
                    doc =
                            "to_delta: counts of what was added since the point before. raw_value: gauges of the whole value.")
            CounterMode cumulativeMonotonicMode,

            @Setting(
                    doc =
                            "What becomes of the first point of a counter, and of one that began again: agent sends its value if the counter began before the point, auto if it also began after this process did, keep always, drop never. Histograms follow it too.")
            InitialValue initialCumulativeMonotonicValue)
            implements Config {

        /** What becomes of a counter. */
        public enum CounterMode {
            TO_DELTA,
            RAW_VALUE
        }

        public static SumsConfig defaults() {
            return new SumsConfig(CounterMode.TO_DELTA, InitialValue.AGENT);
        }

        @Override
        public void validate(Problems problems) {
            problems.check(
                    "initial_cumulative_monotonic_value",
                    cumulativeMonotonicMode == CounterMode.TO_DELTA
                            || initialCumulativeMonotonicValue == InitialValue.AGENT,
                    "has no meaning with cumulative_monotonic_mode: raw_value; leave one of them out");
        }
    }

    /** The section {@code summaries}. */
    public record SummariesConfig(
            @Setting(
                    doc =
                            "gauges: the counts NAME.count and NAME.sum, and a gauge NAME.quantile for each quantile. noquantiles: the counts alone.")
            SummaryMode mode)
            implements Config {

        /** What becomes of the quantiles of a summary. */
        public enum SummaryMode {
            GAUGES,
            NOQUANTILES
        }

        public static SummariesConfig defaults() {
            return new SummariesConfig(SummaryMode.GAUGES);
        }
    }
}
