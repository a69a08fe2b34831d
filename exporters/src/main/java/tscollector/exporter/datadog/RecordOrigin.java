package tscollector.exporter.datadog;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.resources.Resource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the records of one resource have in common.
 *
 * @param host empty for none
 * @param eventHost of events, which keep the exporter's host where nothing else has one
 * @param tags of the resource and the exporter, not cut
 * @param logTags the same as one text
 * @param service null if the resource names none
 * @param fields the resource's attributes as fields of a log
 */
record RecordOrigin(
        String host,
        String eventHost,
        List<String> tags,
        String logTags,
        @Nullable String service,
        Map<String, Object> fields) {
    private static final AttributeKey<String> SERVICE_NAME = AttributeKey.stringKey("service.name");

    static RecordOrigin of(Resource resource, HostNames hosts, Tags tags) {
        String host = hosts.of(resource);
        List<String> ofResource = tags.ofResource(resource);
        Map<String, Object> fields = new LinkedHashMap<>();
        resource.getAttributes().forEach((key, value) -> {
            if (!key.getKey().startsWith("datadog.")) {
                fields.put(LogFields.free(key.getKey()), LogFields.text(value));
            }
        });
        return new RecordOrigin(
                host,
                host.isEmpty() ? hosts.fallback() : host,
                ofResource,
                oneText(tags.of(ofResource, Attributes.empty(), Set.of())),
                resource.getAttribute(SERVICE_NAME),
                fields);
    }

    /** When it happened, or was seen where that is not known; in nanoseconds. */
    static long time(LogRecordData logRecord) {
        long happened = logRecord.getTimestampEpochNanos();
        return happened == 0 ? logRecord.getObservedTimestampEpochNanos() : happened;
    }

    /** A comma would end a tag; Datadog makes an underscore of it anywhere else. */
    private static String oneText(Collection<String> tags) {
        return String.join(",", tags.stream().map(tag -> tag.replace(',', '_')).toList());
    }
}
