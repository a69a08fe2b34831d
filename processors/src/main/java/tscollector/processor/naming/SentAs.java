package tscollector.processor.naming;

import java.util.List;
import java.util.Locale;
import tscollector.reshape.Form;
import tscollector.signal.ExposedType;

/** How samples are sent: the {@code type} of an entry of {@code extra_metrics}, with the official check's words. */
enum SentAs {
    /** As the server declares it; what it does not declare is not sent. */
    NATIVE,
    /** The same: a declaration counts afresh in every scrape anyway. */
    NATIVE_DYNAMIC,
    GAUGE,
    COUNTER,
    /** A gauge {@code .total} and a counter {@code .count}. */
    COUNTER_GAUGE,
    /** Only what is a histogram. */
    HISTOGRAM,
    /** Only what is a summary. */
    SUMMARY;

    /** What a counter's name ends with. */
    static final String COUNTER_SUFFIX = ".count";

    static final String TOTAL_SUFFIX = ".total";

    /** A name, to be read with the prefix, and what the numbers mean under it. */
    record Result(String name, Form form) {}

    /** What becomes of a metric; empty if this cannot be made of it. */
    List<Result> resultsFor(String name, Form form, ExposedType exposed) {
        return switch (this) {
            case NATIVE, NATIVE_DYNAMIC -> exposed == ExposedType.UNTYPED ? List.of() : List.of(asItIs(name, form));
            case GAUGE -> form.isNumber() ? List.of(new Result(name, form.asGauge())) : List.of();
            case COUNTER -> form.isNumber() ? List.of(counter(name, form)) : List.of();
            case COUNTER_GAUGE ->
                form.isNumber()
                        ? List.of(new Result(name + TOTAL_SUFFIX, form.asGauge()), counter(name, form))
                        : List.of();
            case HISTOGRAM -> exposed == ExposedType.HISTOGRAM ? List.of(asItIs(name, form)) : List.of();
            case SUMMARY -> exposed == ExposedType.SUMMARY ? List.of(asItIs(name, form)) : List.of();
        };
    }

    /** The word in the configuration. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static Result asItIs(String name, Form form) {
        return form.isCounter() ? counter(name, form) : new Result(name, form);
    }

    private static Result counter(String name, Form form) {
        return new Result(name + COUNTER_SUFFIX, form.isCounter() ? form : form.asCounter());
    }
}
