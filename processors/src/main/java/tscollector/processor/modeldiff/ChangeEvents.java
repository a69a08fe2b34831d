package tscollector.processor.modeldiff;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.logs.Severity;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import tscollector.kit.inventory.InventoryRecord;
import tscollector.signal.LogRecord;

/** Writes changes as log records: events of the server the snapshot came from, at the snapshot's time. */
final class ChangeEvents {
    static final AttributeKey<String> MODEL = AttributeKey.stringKey("torchserve.model.name");
    static final AttributeKey<String> URL = AttributeKey.stringKey("torchserve.model.url");
    static final AttributeKey<String> PREVIOUS_URL = AttributeKey.stringKey("torchserve.model.previous_url");
    static final AttributeKey<String> VERSION = AttributeKey.stringKey("torchserve.model.version");
    static final AttributeKey<String> PREVIOUS_VERSION = AttributeKey.stringKey("torchserve.model.previous_version");
    static final AttributeKey<String> EVENT_ID = AttributeKey.stringKey("torchserve.event.id");

    /** Half of a SHA-256: more than enough to tell events apart, and short enough to read. */
    private static final int ID_BYTES = 16;

    private ChangeEvents() {}

    /**
     * The event.
     *
     * @param generation of the state that the change was found against, so that a repeat has the same id
     */
    static LogRecord write(Change change, LogRecord snapshot, ServerKey server, long generation) {
        AttributesBuilder attributes = Attributes.builder()
                .put(MODEL, change.model())
                .put(InventoryRecord.MANAGEMENT_API_URL, server.managementApiUrl())
                .put(EVENT_ID, id(change, server, generation));
        put(attributes, URL, change.url());
        put(attributes, PREVIOUS_URL, change.previousUrl());
        put(attributes, VERSION, change.version());
        put(attributes, PREVIOUS_VERSION, change.previousVersion());
        return new LogRecord(
                snapshot.resource(),
                snapshot.scope(),
                snapshot.timestampEpochNanos(),
                snapshot.observedTimestampEpochNanos(),
                Severity.INFO,
                Value.of(change.sentence()),
                attributes.build(),
                change.kind().eventName());
    }

    private static void put(AttributesBuilder attributes, AttributeKey<String> key, @Nullable String value) {
        if (value != null) {
            attributes.put(key, value);
        }
    }

    private static String id(Change change, ServerKey server, long generation) {
        String[] parts = {
            server.managementApiUrl(),
            server.instance(),
            change.kind().eventName(),
            change.model(),
            change.previousUrl(),
            change.url(),
            change.previousVersion(),
            change.version(),
            Long.toString(generation)
        };
        MessageDigest digest = sha256();
        for (String part : parts) {
            // The length goes first, so that no two lists of parts read the same.
            digest.update(((part == null ? -1 : part.length()) + ":" + part).getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(digest.digest(), 0, ID_BYTES);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
