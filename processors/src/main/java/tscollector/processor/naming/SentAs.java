package tscollector.processor.naming;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tscollector.kit.metric.Form;
import tscollector.reshape.PointChange;
import tscollector.signal.ExposedType;

/** How samples are sent: the {@code type} of an entry, with the official check's words. */
enum SentAs {
    /** As the server declares it; what it does not declare is not sent. */
    NATIVE,
    /** The same; it differs only where the first declaration of a name decides for all later ones. */
    NATIVE_DYNAMIC,
    GAUGE,
    COUNTER,
    /** A gauge {@code .total} and a counter {@code .count}. */
    COUNTER_GAUGE,
    /** How much a number grew a second, as a gauge. */
    RATE,
    /** Only what is a histogram. */
    HISTOGRAM,
    /** A summary; of another family what bears its name, as if it were a quantile. */
    SUMMARY,
    /** Of a number that adds up time: how much of each second was spent, in percent, as a gauge. */
    TEMPORAL_PERCENT,
    /** Of a number that is a time since 1970 in seconds: how long ago it was, as a gauge. */
    TIME_ELAPSED,
    /** A service check, its state by the value. */
    SERVICE_CHECK;

    /** What a counter's name ends with. */
    static final String COUNTER_SUFFIX = ".count";

    static final String QUANTILE_SUFFIX = ".quantile";

    static final String TOTAL_SUFFIX = ".total";

    /** Where a result goes. */
    enum Destination {
        /** Among the samples, with a value in every run. */
        SAMPLES,
        /** Among the samples, from the second value on. */
        RATES,
        /** Among the service checks. */
        CHECKS
    }

    /**
     * A name, to be read with the prefix, and what the numbers mean under it.
     *
     * @param factor what a rate is multiplied by
     */
    record Result(String name, Form form, Destination destination, PointChange change, double factor) {
        private static Result sample(String name, Form form) {
            return new Result(name, form, Destination.SAMPLES, PointChange.NONE, 1);
        }

        private static Result sample(String name, Form form, PointChange change) {
            return new Result(name, form, Destination.SAMPLES, change, 1);
        }

        /** One quantile of a summary as a number. */
        static Result quantile(String name, double quantile) {
            return sample(name, Form.DOUBLE_GAUGE, PointChanges.quantile(quantile));
        }

        /** The same without the quantiles of summaries. */
        Result withoutQuantiles() {
            return new Result(name, form, destination, PointChanges::withoutQuantiles, factor);
        }

        private static Result rate(String name, double factor) {
            return new Result(name, Form.DOUBLE_GAUGE, Destination.RATES, PointChange.NONE, factor);
        }
    }

    /**
     * What becomes of a metric; empty if this cannot be made of it.
     *
     * @param part what the metric is of its family: empty, or of a histogram or summary in parts {@code _bucket}, {@code _sum},
     *     {@code _count}
     * @param exposedName of the metric: read as a histogram or summary, a number whose name ends like one of their parts is that
     */
    List<Result> resultsFor(
            String name, Form form, ExposedType exposed, String part, String exposedName, MetricEntry entry) {
        List<Result> results = new ArrayList<>();
        if (!part.isEmpty() && (isOfHistograms() || (this == SUMMARY && !part.equals("_bucket")))) {
            return List.of(Result.sample(name + part.replace('_', '.'), form.asCounter()));
        }
        if (!part.isEmpty() && this == SUMMARY) {
            return results;
        }
        switch (this) {
            case NATIVE, NATIVE_DYNAMIC -> {
                if (exposed != ExposedType.UNTYPED) {
                    results.add(asItIs(name, form, exposed));
                }
            }
            case HISTOGRAM, SUMMARY -> {
                if (exposed.name().equals(name())) {
                    results.add(asItIs(name, form, exposed));
                } else if (form.isNumber() && exposed != ExposedType.COUNTER) {
                    addAsPart(results, name, form, exposedName);
                }
            }
            default -> {
                if (form.isNumber()) {
                    addNumber(results, name, form, entry);
                }
            }
        }
        return results;
    }

    private void addAsPart(List<Result> results, String name, Form form, String exposedName) {
        if (exposedName.endsWith("_sum")) {
            results.add(Result.sample(name + ".sum", form.asCounter()));
        } else if (exposedName.endsWith("_count")) {
            results.add(Result.sample(name + ".count", form.asCounter()));
        } else if (this == SUMMARY) {
            results.add(Result.sample(name + QUANTILE_SUFFIX, form.asGauge())); // it bears its family's name
        }
    }

    /** Whether it makes histograms of what is one, and not single numbers. */
    boolean isOfHistograms() {
        return this == NATIVE || this == NATIVE_DYNAMIC || this == HISTOGRAM;
    }

    private void addNumber(List<Result> results, String name, Form form, MetricEntry entry) {
        switch (this) {
            case GAUGE -> results.add(Result.sample(name, form.asGauge()));
            case COUNTER -> results.add(counter(name, form));
            case COUNTER_GAUGE -> {
                results.add(Result.sample(name + TOTAL_SUFFIX, form.asGauge()));
                results.add(counter(name, form));
            }
            case RATE -> results.add(Result.rate(name, 1));
            case TEMPORAL_PERCENT -> results.add(Result.rate(name, 100.0 / entry.scale()));
            case TIME_ELAPSED -> results.add(Result.sample(name, Form.DOUBLE_GAUGE, PointChanges::timeSince));
            case SERVICE_CHECK ->
                results.add(new Result(
                        name, Form.LONG_GAUGE, Destination.CHECKS, PointChanges.status(entry.statuses()), 1));
            case NATIVE, NATIVE_DYNAMIC, HISTOGRAM, SUMMARY ->
                throw new IllegalStateException(this + " is not only of numbers");
        }
    }

    /** The word in the configuration. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static Result asItIs(String name, Form form, ExposedType exposed) {
        if (exposed == ExposedType.SUMMARY && form.isNumber()) {
            return Result.sample(name + QUANTILE_SUFFIX, form); // quantiles of a summary without sum and count
        }
        return form.isCounter() ? counter(name, form) : Result.sample(name, form);
    }

    private static Result counter(String name, Form form) {
        return Result.sample(name + COUNTER_SUFFIX, form.isCounter() ? form : form.asCounter());
    }
}
