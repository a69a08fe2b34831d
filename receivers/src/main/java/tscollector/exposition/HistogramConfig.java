package tscollector.exposition;

import tscollector.config.Config;
import tscollector.config.Problems;
import tscollector.config.Setting;

/** What becomes of histograms, flat in its component. */
public record HistogramConfig(
        @Setting(
                doc =
                        "Native: one histogram; expanded: three monotonic sums as they are exposed, NAME_bucket with the attribute le, NAME_sum and NAME_count. Expanded keeps bounds in any order and counts with fractions.")
        Form histograms,

        @Setting(doc = "Whether expanded histograms have their buckets.")
        boolean collectHistogramBuckets,

        @Setting(
                doc =
                        "Expanded buckets hold what lies between their bound and the one below it, which the attribute lower_bound tells, instead of all below.")
        boolean nonCumulativeHistogramBuckets,

        @Setting(
                doc =
                        "Histograms stay native, whatever histograms says: the exporter to Datadog makes distributions of them.")
        boolean histogramBucketsAsDistributions,

        @Setting(doc = "The same, with NAME_sum and NAME_count as monotonic sums beside them.")
        boolean collectCountersWithDistributions)
        implements Config {
    /** The forms of a histogram. */
    public enum Form {
        NATIVE,
        EXPANDED
    }

    public static HistogramConfig defaults() {
        return new HistogramConfig(Form.NATIVE, true, false, false, false);
    }

    @Override
    public void validate(Problems problems) {
        if (!isNative() || histogramBucketsAsDistributions || collectCountersWithDistributions) {
            return;
        }
        if (!collectHistogramBuckets) {
            problems.warn("collect_histogram_buckets", "does nothing while histograms are native");
        }
        if (nonCumulativeHistogramBuckets) {
            problems.warn("non_cumulative_histogram_buckets", "does nothing while histograms are native");
        }
    }

    /** Whether a histogram becomes one. */
    boolean isNative() {
        return histograms == Form.NATIVE || histogramBucketsAsDistributions || collectCountersWithDistributions;
    }

    /** Whether sums and counts are metrics of their own. */
    boolean hasCounters() {
        return !isNative() || collectCountersWithDistributions;
    }

    /** Whether buckets are metrics of their own. */
    boolean hasBuckets() {
        return !isNative() && collectHistogramBuckets;
    }

    /** Whether buckets that are metrics of their own are differences. */
    boolean hasDifferences() {
        return hasBuckets() && nonCumulativeHistogramBuckets;
    }
}
