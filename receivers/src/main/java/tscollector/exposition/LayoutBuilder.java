package tscollector.exposition;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.resources.Resource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Works out a {@link Layout} from samples and declarations. For one body. */
final class LayoutBuilder {
    static final AttributeKey<String> BOUND = AttributeKey.stringKey("le");
    static final AttributeKey<String> QUANTILE = AttributeKey.stringKey("quantile");

    static final String DUPLICATE = "duplicate series";
    static final String CREATED = "_created series";
    static final String STRAY = "no part of its histogram or summary";
    static final String BAD_BOUND = "bucket bound or quantile is no number";
    static final String INCOMPLETE = "histogram or summary without sum or count";

    private record SeriesKey(String metric, Attributes attributes) {}

    private final Map<SeriesKey, CumulativeSeries> known = new HashMap<>();
    private final Map<String, PlanInWork> plans = new LinkedHashMap<>();
    private final Map<String, Integer> left = new TreeMap<>();
    private final NumberReader number = new NumberReader();
    private final long newSeriesStartNanos;

    /**
     * Begins.
     *
     * @param previous the target's layout before; its series keep their starts
     * @param newSeriesStartNanos when series began that it does not have
     */
    LayoutBuilder(@Nullable Layout previous, long newSeriesStartNanos) {
        this.newSeriesStartNanos = newSeriesStartNanos;
        if (previous != null) {
            for (MetricPlan plan : previous.metrics()) {
                plan.points()
                        .forEachCumulative(
                                series -> known.put(new SeriesKey(plan.name(), series.attributes()), series));
            }
        }
    }

    Layout build(Resource resource, Sample[] samples, Map<String, Declaration> declarations) {
        FamilyNames families = new FamilyNames(declarations);
        for (int slot = 0; slot < samples.length; slot++) {
            add(slot, samples[slot], families);
        }
        List<MetricPlan> metrics = new ArrayList<>(plans.size());
        for (PlanInWork plan : plans.values()) {
            MetricPlan made = plan.make(this);
            if (made != null) {
                metrics.add(made);
            }
        }
        return new Layout(resource, samples, declarations, metrics, left);
    }

    /** The series with its start, the known object if there is one. */
    CumulativeSeries series(String metric, Attributes attributes) {
        CumulativeSeries same = known.get(new SeriesKey(metric, attributes));
        return same != null ? same : new CumulativeSeries(attributes, newSeriesStartNanos);
    }

    void leave(String reason, int samples) {
        if (samples > 0) {
            left.merge(reason, samples, Integer::sum);
        }
    }

    private void add(int slot, Sample sample, FamilyNames families) {
        Attributes attributes = sample.attributes();
        String bound = attributes.get(BOUND);
        String quantile = attributes.get(QUANTILE);
        FamilyNames.Place place = families.placeOf(sample.name(), bound != null, quantile != null);
        switch (place.part()) {
            case VALUE ->
                plans.computeIfAbsent(sample.name(), name -> new NumbersInWork(name, place))
                        .add(place.part(), attributes, Double.NaN, slot);
            case BUCKET -> addPart(place, without(attributes, BOUND), bound, slot);
            case QUANTILE -> addPart(place, without(attributes, QUANTILE), quantile, slot);
            case SUM, COUNT -> addPart(place, attributes, null, slot);
            case CREATED -> leave(CREATED, 1);
            case STRAY -> leave(STRAY, 1);
        }
    }

    private void addPart(FamilyNames.Place place, Attributes attributes, @Nullable String written, int slot) {
        double at = Double.NaN;
        if (written != null) {
            byte[] text = written.getBytes(StandardCharsets.UTF_8);
            if (!number.read(text, 0, text.length) || Double.isNaN(number.value())) {
                leave(BAD_BOUND, 1);
                return;
            }
            at = number.value();
        }
        plans.computeIfAbsent(place.family(), name -> new DistributionInWork(name, place))
                .add(place.part(), attributes, at, slot);
    }

    private static Attributes without(Attributes attributes, AttributeKey<String> key) {
        return attributes.toBuilder().remove(key).build();
    }
}
