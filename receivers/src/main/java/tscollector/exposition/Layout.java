package tscollector.exposition;

import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tscollector.signal.Metric;
import tscollector.signal.MetricGroup;
import tscollector.signal.Shape;

/**
 * How the slots of a target's bodies become its group of metrics; stays the same object, and its shape with it, while the samples,
 * their order, their declarations and the Resource stay.
 */
final class Layout {
    private final Resource resource;
    private final Sample[] samples;
    private final Map<String, Declaration> declarations;
    private final List<MetricPlan> metrics;
    private final Map<String, Integer> left;
    private final Shape shape = new Shape();

    /**
     * A new layout with a new shape.
     *
     * @param samples by slot
     * @param declarations by family
     * @param metrics in the order of their first samples
     * @param left how many samples of each body are left out or merged, by reason
     */
    Layout(
            Resource resource,
            Sample[] samples,
            Map<String, Declaration> declarations,
            List<MetricPlan> metrics,
            Map<String, Integer> left) {
        this.resource = resource;
        this.samples = samples;
        this.declarations = declarations;
        this.metrics = metrics;
        this.left = left;
    }

    Resource resource() {
        return resource;
    }

    /** By slot; not to be changed. */
    Sample[] samples() {
        return samples;
    }

    List<MetricPlan> metrics() {
        return metrics;
    }

    Map<String, Integer> left() {
        return left;
    }

    /** Whether this is the layout for a body of these samples. */
    boolean isFor(Resource wanted, Sample[] wantedSamples, Map<String, Declaration> wantedDeclarations) {
        if (wanted != resource || wantedSamples.length != samples.length) {
            return false;
        }
        for (int slot = 0; slot < samples.length; slot++) {
            if (!wantedSamples[slot].equals(samples[slot])) {
                return false;
            }
        }
        return wantedDeclarations.equals(declarations);
    }

    /** The group with these numbers, or null if no sample became a point. */
    @Nullable
    MetricGroup group(InstrumentationScopeInfo scope, ScrapedValues values) {
        if (metrics.isEmpty()) {
            return null;
        }
        List<Metric> made = new ArrayList<>(metrics.size());
        for (MetricPlan plan : metrics) {
            made.add(plan.metric(resource, scope, values));
        }
        return MetricGroup.of(resource, scope, made, shape);
    }
}
