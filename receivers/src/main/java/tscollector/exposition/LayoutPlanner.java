package tscollector.exposition;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.resources.Resource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tscollector.exposition.Layout.HostLayout;
import tscollector.signal.Shape;
import tscollector.torchserve.OfficialConfig;

/** Works out a {@link Layout}: tells the samples of the hosts apart, and leaves those of each host to a {@link LayoutBuilder}. */
final class LayoutPlanner {
    static final String TOO_MANY_HOSTS = "samples of hosts over the limit";

    /** Hosts of one body; a label with more values names no hosts. Samples of others stay with the default host. */
    static final int MOST_HOSTS = 1_000;

    private static final String DEFAULT_HOST = "";

    private final ExpositionConfig config;
    private final HistogramConfig histograms;
    private final boolean isStrict;
    private final @Nullable AttributeKey<String> label;

    LayoutPlanner(ExpositionOptions options) {
        this.config = options.exposition();
        this.histograms = options.histograms();
        this.isStrict = options.official().isStrict();
        this.label = config.hostnameLabel() == null ? null : AttributeKey.stringKey(config.hostnameLabel());
    }

    /**
     * The layout of a body.
     *
     * @param previous the target's layout before; its series keep their starts
     * @param newSeriesStartNanos when series began that it does not have
     */
    Layout plan(
            @Nullable Layout previous,
            Resource resource,
            Sample[] samples,
            Families families,
            long newSeriesStartNanos) {
        Map<String, Integer> left = new TreeMap<>();
        List<HostLayout> hosts = new ArrayList<>();
        byHost(samples, left).forEach((host, slots) -> {
            HostLayout before = previous == null ? null : previous.host(host);
            List<MetricPlan> known = before == null ? List.of() : before.metrics();
            List<MetricPlan> metrics = new LayoutBuilder(known, newSeriesStartNanos, histograms, isStrict, left)
                    .build(samples, slots, families);
            if (!metrics.isEmpty()) {
                Resource of = previous != null && before != null && previous.resource() == resource
                        ? before.resource()
                        : resourceOf(host, resource);
                hosts.add(new HostLayout(host, of, metrics, new Shape()));
            }
        });
        return new Layout(resource, samples, families, hosts, left);
    }

    private Map<String, Slots> byHost(Sample[] samples, Map<String, Integer> left) {
        Map<String, Slots> slots = new LinkedHashMap<>();
        Map<String, String> hostOfValue = new HashMap<>();
        int tooMany = 0;
        for (int slot = 0; slot < samples.length; slot++) {
            String value = label == null ? null : samples[slot].attributes().get(label);
            String host = value == null ? DEFAULT_HOST : hostOfValue.computeIfAbsent(value, config::host);
            int named = slots.size() - (slots.containsKey(DEFAULT_HOST) ? 1 : 0);
            if (!host.equals(DEFAULT_HOST) && named >= MOST_HOSTS && !slots.containsKey(host)) {
                host = DEFAULT_HOST;
                tooMany++;
            }
            slots.computeIfAbsent(host, h -> new Slots()).add(slot);
        }
        if (tooMany > 0) {
            left.put(TOO_MANY_HOSTS, tooMany);
        }
        return slots;
    }

    private static Resource resourceOf(String host, Resource resource) {
        if (host.equals(DEFAULT_HOST)) {
            return resource;
        }
        return Resource.create(resource.getAttributes().toBuilder()
                .put(OfficialConfig.HOST_NAME, host)
                .build());
    }
}
