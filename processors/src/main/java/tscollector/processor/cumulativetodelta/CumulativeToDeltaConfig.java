package tscollector.processor.cumulativetodelta;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tscollector.component.ComponentId;
import tscollector.config.Config;
import tscollector.config.Hint;
import tscollector.config.Problems;
import tscollector.config.Setting;
import tscollector.kit.delta.DeltaRules;
import tscollector.kit.delta.DeltaRules.InitialValue;
import tscollector.reshape.MatchType;

/** Settings of {@code cumulativetodelta}: names of the Collector, and a storage. */
@Hint(key = "metrics", text = "write include: {match_type: strict, metrics: [...]}")
public record CumulativeToDeltaConfig(
        @Setting(doc = "Only what it matches is converted. Absent: everything that can be.") @Nullable
        MetricRule include,

        @Setting(doc = "What it matches stays cumulative, included or not.") @Nullable
        MetricRule exclude,

        @Setting(
                doc =
                        "How long a series without points is remembered; then its next point is a first one. 0s: as long as there is room.",
                min = "0s")
        Duration maxStaleness,

        @Setting(
                doc =
                        "What becomes of the first point of a series, and of one that began again: auto sends its value if the series began after this process did, agent if it began before the point, keep always, drop never.")
        InitialValue initialValue,

        @Setting(
                doc =
                        "Series remembered at once, about 200 bytes each; a histogram counts as two and one more for every four buckets. Points of further ones are dropped and counted.",
                min = "1")
        int maxSeries,

        @Setting(
                doc =
                        "A storage extension that keeps the last values over restarts, so that what was counted meanwhile is sent. Absent: every series is new after a restart.",
                example = "file_storage")
        @Nullable
        ComponentId storage)
        implements Config {

    /** The kinds of metrics that have deltas, by the Collector's words. */
    public enum MetricType {
        SUM,
        HISTOGRAM,
        EXPONENTIALHISTOGRAM
    }

    public static CumulativeToDeltaConfig defaults() {
        return new CumulativeToDeltaConfig(
                null, null, DeltaRules.DEFAULT_TTL, InitialValue.AUTO, DeltaRules.DEFAULT_MAX_SERIES, null);
    }

    /** Some metrics, by name, by kind, or by both. */
    public record MetricRule(
            @Setting(doc = "strict: equal names; regexp: regular expressions, searched anywhere in the name.")
            MatchType matchType,

            @Setting(doc = "Names of metrics, as they are at this place of the pipeline.", example = "['\\.count$']")
            List<String> metrics,

            @Setting(doc = "Kinds of metrics.", example = "[histogram]")
            List<MetricType> metricTypes)
            implements Config {
        public MetricRule {
            metrics = List.copyOf(metrics);
            metricTypes = List.copyOf(metricTypes);
        }

        public static MetricRule defaults() {
            return new MetricRule(MatchType.STRICT, List.of(), List.of());
        }

        @Override
        public void validate(Problems problems) {
            problems.check(
                    "", !metrics.isEmpty() || !metricTypes.isEmpty(), "needs an entry in metrics or metric_types");
            matchType.checkAll(problems, "metrics", metrics);
        }
    }
}
