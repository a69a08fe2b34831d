package tscollector.exporter.otlp;

import java.time.Duration;
import java.util.Locale;
import tscollector.config.Config;
import tscollector.config.DataSize;
import tscollector.config.Problems;
import tscollector.config.Setting;
import tscollector.datadog.IntakeTimes;

/** The section {@code datadog} of {@code preset: datadog}: what its OTLP intake makes of metrics, and how much it takes at once. */
public record DatadogOtlpConfig(
        @Setting(doc = "Whether every resource attribute becomes a tag; else only those that Datadog knows.")
        boolean resourceAttributesAsTags,

        @Setting(doc = "Whether name and version of the scope become tags.")
        boolean instrumentationScopeMetadataAsTags,

        @Setting(doc = "What becomes of histograms.") Histograms histograms,
        @Setting(doc = "What becomes of summaries.") Summaries summaries,

        @Setting(
                doc =
                        "Points older than this are dropped before each try, since the intake does not take them. 0s: however old, for metrics with historical ingestion.",
                min = "0s")
        Duration maxPointAge,

        @Setting(doc = "Whether 408 and 500 are tried again, too.")
        boolean retryServerErrors,

        @Setting(doc = "The largest request as it is sent, compressed. Larger ones are cut in halves.", min = "1KiB")
        DataSize maxRequestSize,

        @Setting(doc = "The largest request before it is compressed. Larger ones are cut in halves.", min = "1KiB")
        DataSize maxMessageSize)
        implements Config {

    /** What a histogram is turned into. */
    public enum HistogramMode {
        DISTRIBUTIONS,
        COUNTERS,
        NOBUCKETS
    }

    /** What a summary's quantiles are turned into. */
    public enum SummaryMode {
        GAUGES,
        NOQUANTILES
    }

    /** The section {@code histograms}. */
    public record Histograms(
            @Setting(
                    doc =
                            "distributions: one distribution; counters: a count per bucket; nobuckets: nothing but the aggregations.")
            HistogramMode mode,

            @Setting(doc = "Whether .count and .sum are sent, too; .min and .max where known.")
            boolean sendAggregationMetrics)
            implements Config {
        public static Histograms defaults() {
            return new Histograms(HistogramMode.DISTRIBUTIONS, false);
        }

        @Override
        public void validate(Problems problems) {
            problems.check(
                    "mode",
                    mode != HistogramMode.NOBUCKETS || sendAggregationMetrics,
                    "nobuckets sends nothing of a histogram without send_aggregation_metrics: true");
        }
    }

    /** The section {@code summaries}. */
    public record Summaries(
            @Setting(doc = "gauges: a gauge per quantile; noquantiles: only .count and .sum.")
            SummaryMode mode) implements Config {
        public static Summaries defaults() {
            return new Summaries(SummaryMode.GAUGES);
        }
    }

    public static DatadogOtlpConfig defaults() {
        return new DatadogOtlpConfig(
                false,
                false,
                Histograms.defaults(),
                Summaries.defaults(),
                IntakeTimes.POINT_AGE,
                true,
                new DataSize(512_000),
                new DataSize(4L << 20));
    }

    /** The value of the header {@code dd-otel-metric-config}: JSON on one line. */
    String metricConfig() {
        return "{\"resource_attributes_as_tags\":" + resourceAttributesAsTags
                + ",\"instrumentation_scope_metadata_as_tags\":" + instrumentationScopeMetadataAsTags
                + ",\"histograms\":{\"mode\":\"" + word(histograms.mode) + "\",\"send_aggregation_metrics\":"
                + histograms.sendAggregationMetrics + "},\"summaries\":{\"mode\":\"" + word(summaries.mode) + "\"}}";
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
