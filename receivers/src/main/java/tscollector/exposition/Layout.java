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
 * How the slots of a target's bodies become its groups of metrics; stays the same object, and its shapes with it, while the
 * samples, their order, their families and the Resource stay.
 */
final class Layout {
    private final Resource resource;
    private final Sample[] samples;
    private final Families families;
    private final List<HostLayout> hosts;
    private final Map<String, Integer> left;

    /**
     * What belongs to one host.
     *
     * @param host empty for what belongs to none in particular
     * @param metrics in the order of their first samples; at least one
     */
    record HostLayout(String host, Resource resource, List<MetricPlan> metrics, Shape shape) {
        MetricGroup group(InstrumentationScopeInfo scope, ScrapedValues values) {
            List<Metric> made = new ArrayList<>(metrics.size());
            for (MetricPlan plan : metrics) {
                made.add(plan.metric(resource, scope, values));
            }
            return MetricGroup.of(resource, scope, made, shape);
        }
    }

    /**
     * A layout.
     *
     * @param resource the target's
     * @param samples by slot
     * @param left how many samples of each body are left out or merged, by reason
     */
    Layout(Resource resource, Sample[] samples, Families families, List<HostLayout> hosts, Map<String, Integer> left) {
        this.resource = resource;
        this.samples = samples;
        this.families = families;
        this.hosts = hosts;
        this.left = left;
    }

    Resource resource() {
        return resource;
    }

    /** By slot; not to be changed. */
    Sample[] samples() {
        return samples;
    }

    Map<String, Integer> left() {
        return left;
    }

    /** What the last body had of a host; null if nothing. */
    @Nullable
    HostLayout host(String host) {
        for (HostLayout one : hosts) {
            if (one.host().equals(host)) {
                return one;
            }
        }
        return null;
    }

    /** Whether this is the layout for a body of these samples. */
    boolean isFor(Resource wanted, Sample[] wantedSamples, Families wantedFamilies) {
        if (wanted != resource || wantedSamples.length != samples.length) {
            return false;
        }
        for (int slot = 0; slot < samples.length; slot++) {
            if (!wantedSamples[slot].equals(samples[slot])) {
                return false;
            }
        }
        return wantedFamilies.equals(families);
    }

    /** The groups with these numbers, one a host; empty if no sample became a point. */
    List<MetricGroup> groups(InstrumentationScopeInfo scope, ScrapedValues values) {
        List<MetricGroup> groups = new ArrayList<>(hosts.size());
        for (HostLayout host : hosts) {
            groups.add(host.group(scope, values));
        }
        return groups;
    }
}
