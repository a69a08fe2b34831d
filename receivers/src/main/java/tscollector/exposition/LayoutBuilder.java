package tscollector.exposition;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tscollector.kit.text.FloatText;

/** Works out the metrics of one host from samples and their families. For one body. */
final class LayoutBuilder {
    static final AttributeKey<String> BOUND = AttributeKey.stringKey("le");
    static final AttributeKey<String> QUANTILE = AttributeKey.stringKey("quantile");

    static final String DUPLICATE = "duplicate series";
    static final String CREATED = "_created series";
    static final String STRAY = "no part of its histogram or summary";
    static final String BAD_BOUND = "bucket bound or quantile is no number";
    static final String INCOMPLETE = "histogram or summary without sum or count";

    private record SeriesKey(String metric, Attributes attributes) {}

    private record PlanKey(String name, String family, DeclaredType type) {}

    private final Map<SeriesKey, CumulativeSeries> known = new HashMap<>();
    private final Map<PlanKey, PlanInWork> plans = new LinkedHashMap<>();
    private final NumberReader number = new NumberReader();
    private final long newSeriesStartNanos;
    private final HistogramConfig histograms;
    private final boolean keepsParts;
    private final Map<String, Integer> left;

    /**
     * Begins.
     *
     * @param previous what there was before; its series keep their starts
     * @param newSeriesStartNanos when series began that it does not have
     * @param keepsParts see {@link #keepsParts()}
     * @param left takes how many samples are left out or merged, by reason
     */
    LayoutBuilder(
            List<MetricPlan> previous,
            long newSeriesStartNanos,
            HistogramConfig histograms,
            boolean keepsParts,
            Map<String, Integer> left) {
        this.keepsParts = keepsParts;
        this.newSeriesStartNanos = newSeriesStartNanos;
        this.histograms = histograms;
        this.left = left;
        for (MetricPlan plan : previous) {
            plan.points()
                    .forEachCumulative(series -> known.put(new SeriesKey(plan.name(), series.attributes()), series));
        }
    }

    /** The metrics of the samples in these slots, in the order of their first ones. */
    List<MetricPlan> build(Sample[] samples, Slots slots, Families families) {
        for (int slot : slots.toArray()) {
            add(slot, samples[slot], families);
        }
        List<MetricPlan> metrics = new ArrayList<>(plans.size());
        for (PlanInWork plan : plans.values()) {
            MetricPlan made = plan.make(this);
            if (made != null) {
                metrics.add(made);
            }
        }
        return metrics;
    }

    /** The series with its start, the known object if there is one. */
    CumulativeSeries series(String metric, Attributes attributes) {
        CumulativeSeries same = known.get(new SeriesKey(metric, attributes));
        return same != null ? same : new CumulativeSeries(attributes, newSeriesStartNanos);
    }

    /** Whether, as with the official check, a histogram is sent that has no sum or count, and a summary's lines are numbers each. */
    boolean keepsParts() {
        return keepsParts;
    }

    void leave(String reason, int samples) {
        if (samples > 0) {
            left.merge(reason, samples, Integer::sum);
        }
    }

    private void add(int slot, Sample sample, Families families) {
        Attributes attributes = sample.attributes();
        String bound = attributes.get(BOUND);
        String quantile = attributes.get(QUANTILE);
        Families.Place place = families.placeOf(slot, sample.name(), bound != null, quantile != null);
        switch (place.part()) {
            case VALUE -> addNumber(place, sample, place.type() == DeclaredType.COUNTER, slot);
            case BUCKET -> addBucket(place, sample, String.valueOf(bound), slot);
            case QUANTILE -> {
                double at = numberOf(String.valueOf(quantile));
                if (!Double.isNaN(at) && keepsParts) {
                    Attributes series = sample.attributes().toBuilder()
                            .put(QUANTILE, FloatText.of(at == 0 ? 0 : at)) // -0 and 0 are one
                            .build();
                    numbers(place, sample.name(), false).add(series, slot);
                } else if (!Double.isNaN(at)) {
                    whole(place).add(place.part(), without(attributes, QUANTILE), at, slot);
                }
            }
            case SUM, COUNT -> addSumOrCount(place, sample, slot);
            case CREATED -> leave(CREATED, 1);
            case STRAY -> {
                if (keepsParts && place.type() == DeclaredType.SUMMARY) {
                    addNumber(place, sample, false, slot); // to the official check it is a quantile like any
                } else {
                    leave(STRAY, 1);
                }
            }
        }
    }

    private void addBucket(Families.Place place, Sample sample, String bound, int slot) {
        double at = numberOf(bound);
        if (Double.isNaN(at)) {
            return;
        }
        Attributes series = without(sample.attributes(), BOUND);
        if (histograms.isNative()) {
            whole(place).add(place.part(), series, at, slot);
        } else if (histograms.hasDifferences()) {
            plan(place, sample.name(), name -> new DifferencesInWork(name, place))
                    .addBucket(series, sample.attributes(), at, slot);
        } else if (histograms.hasBuckets()) {
            addNumber(place, sample, true, slot);
        }
    }

    private void addSumOrCount(Families.Place place, Sample sample, int slot) {
        boolean isHistogram = place.type() == DeclaredType.HISTOGRAM;
        if (isHistogram ? histograms.isNative() : !keepsParts) {
            whole(place).add(place.part(), sample.attributes(), Double.NaN, slot);
        }
        if (isHistogram ? histograms.hasCounters() : keepsParts) {
            addNumber(place, sample, true, slot);
        }
    }

    private void addNumber(Families.Place place, Sample sample, boolean isCumulative, int slot) {
        numbers(place, sample.name(), isCumulative).add(sample.attributes(), slot);
    }

    private NumbersInWork numbers(Families.Place place, String metric, boolean isCumulative) {
        return plan(place, metric, name -> new NumbersInWork(name, place, isCumulative));
    }

    /** The histogram or summary that the sample is a part of. */
    private DistributionInWork whole(Families.Place place) {
        return plan(place, place.family(), name -> new DistributionInWork(name, place));
    }

    /** The metric in work. One name has one kind of it within a family, so the cast cannot fail. */
    @SuppressWarnings("unchecked")
    private <P extends PlanInWork> P plan(Families.Place place, String name, Function<String, P> maker) {
        PlanKey key = new PlanKey(name, place.family(), place.type());
        return (P) plans.computeIfAbsent(key, k -> maker.apply(name));
    }

    /** The number that a label says; NaN if it is none, which is counted. */
    private double numberOf(String written) {
        byte[] text = written.getBytes(StandardCharsets.UTF_8);
        if (number.read(text, 0, text.length) && !Double.isNaN(number.value())) {
            return number.value();
        }
        leave(BAD_BOUND, 1);
        return Double.NaN;
    }

    private static Attributes without(Attributes attributes, AttributeKey<String> key) {
        return attributes.toBuilder().remove(key).build();
    }
}
