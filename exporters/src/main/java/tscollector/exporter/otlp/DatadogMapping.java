package tscollector.exporter.otlp;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.resources.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;
import tscollector.consumer.Consumer;
import tscollector.signal.LogBatch;
import tscollector.signal.LogGroup;
import tscollector.signal.LogRecord;
import tscollector.signal.MetricBatch;
import tscollector.signal.MetricGroup;
import tscollector.signal.PlanCache;
import tscollector.telemetry.Telemetry;

/**
 * Stands in front of the queues of {@code preset: datadog}: keeps back what its intake refuses, and puts the tags of the instance
 * where the intake looks for them. It makes tags of the attributes of points, and of the attribute {@value #LOG_TAGS} of log
 * records; the resource attribute {@code datadog.tags} it does not know. Thread-safe.
 */
final class DatadogMapping {
    static final AttributeKey<List<String>> TAGS = AttributeKey.stringArrayKey("datadog.tags");
    static final String LOG_TAGS = "ddtags";
    static final String CUMULATIVE = "cumulative, where only deltas are taken";

    private static final Duration WARNING_PERIOD = Duration.ofHours(1);

    private final Telemetry telemetry;
    private final PlanCache<DatadogGroup> plans = new PlanCache<>();
    private final Map<Resource, Resource> untagged = new WeakHashMap<>(); // guarded by this

    DatadogMapping(Telemetry telemetry) {
        this.telemetry = telemetry;
    }

    Consumer<MetricBatch> metrics(Consumer<MetricBatch> queue) {
        return batch -> {
            MetricBatch prepared = prepare(batch);
            if (prepared != null) {
                queue.consume(prepared);
            }
            int cumulative = batch.itemCount() - (prepared == null ? 0 : prepared.itemCount());
            if (cumulative > 0) {
                countCumulative(cumulative);
            }
        };
    }

    Consumer<LogBatch> logs(Consumer<LogBatch> queue) {
        return batch -> queue.consume(prepare(batch));
    }

    private void countCumulative(int points) {
        telemetry.dropped(CUMULATIVE, points);
        telemetry.warnOncePer(
                WARNING_PERIOD,
                CUMULATIVE,
                "Datadog's OTLP intake takes counters and histograms only as deltas, so that " + points
                        + " points of a batch were dropped; put the processor cumulativetodelta into the pipeline.");
    }

    private @Nullable MetricBatch prepare(MetricBatch batch) {
        List<MetricGroup> groups = new ArrayList<>(batch.groups().size());
        boolean same = true;
        for (MetricGroup group : batch.groups()) {
            MetricGroup prepared = plans.planFor(group, seen -> DatadogGroup.of(seen, untagged(seen.resource())))
                    .apply(group);
            same &= prepared == group;
            if (prepared != null) {
                groups.add(prepared);
            }
        }
        if (same) {
            return batch;
        }
        return groups.isEmpty() ? null : new MetricBatch(groups);
    }

    private LogBatch prepare(LogBatch batch) {
        if (batch.groups().stream().noneMatch(group -> hasTags(group.resource()))) {
            return batch;
        }
        return new LogBatch(batch.groups().stream().map(this::prepare).toList());
    }

    private LogGroup prepare(LogGroup group) {
        List<String> tags = group.resource().getAttribute(TAGS);
        if (tags == null) {
            return group;
        }
        Resource resource = untagged(group.resource());
        String joined = String.join(",", tags);
        List<LogRecord> records = new ArrayList<>(group.records().size());
        for (LogRecord logRecord : group.records()) {
            Attributes attributes = logRecord.attributes();
            String own = attributes.get(AttributeKey.stringKey(LOG_TAGS));
            String all = own == null || own.isEmpty() ? joined : own + "," + joined;
            records.add(logRecord
                    .withResource(resource)
                    .withAttributes(attributes.toBuilder().put(LOG_TAGS, all).build()));
        }
        return new LogGroup(resource, group.scope(), records);
    }

    private static boolean hasTags(Resource resource) {
        return resource.getAttribute(TAGS) != null;
    }

    /** The resource without its tags; one object for all groups of a resource, since the encoder groups by identity. */
    private synchronized Resource untagged(Resource resource) {
        if (!hasTags(resource)) {
            return resource;
        }
        return untagged.computeIfAbsent(
                resource,
                tagged -> Resource.create(
                        tagged.getAttributes().toBuilder().remove(TAGS).build(), tagged.getSchemaUrl()));
    }
}
