package tscollector.extension.health;

import io.opentelemetry.sdk.common.Clock;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tscollector.component.ComponentId;
import tscollector.component.Kind;
import tscollector.component.Status;

/** Whether all runs, since when, and which components are in trouble. Thread-safe. */
final class Health {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int MAX_MESSAGE = 200;

    private record Trouble(Kind kind, ComponentId id, Status status) {}

    private record Up(long sinceEpochNanos, long sinceNanos) {}

    private final Clock clock;
    private final Map<String, Trouble> troubles = new TreeMap<>(); // guarded by this; one per component at most
    private @Nullable Up up; // guarded by this; null before and while stopping

    Health(Clock clock) {
        this.clock = clock;
    }

    synchronized void up() {
        up = new Up(clock.now(), clock.nanoTime());
    }

    synchronized void down() {
        up = null;
    }

    synchronized void changed(Kind kind, ComponentId id, Status status) {
        String key = kind + " " + id;
        if (status.level() == Status.Level.OK) {
            troubles.remove(key);
        } else {
            troubles.put(key, new Trouble(kind, id, status));
        }
    }

    /** The answer to a probe. */
    synchronized Answer answer() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), body)) {
            json.writeStartObject();
            json.writeStringProperty("status", up == null ? "Server not available" : "Server available");
            if (up != null) {
                Duration uptime = Duration.ofNanos(clock.nanoTime() - up.sinceNanos());
                json.writeStringProperty(
                        "upSince", Instant.EPOCH.plusNanos(up.sinceEpochNanos()).toString());
                json.writeStringProperty("uptime", String.format(Locale.ROOT, "%.3fs", uptime.toMillis() / 1000.0));
            }
            json.writeArrayPropertyStart("components");
            troubles.values().forEach(trouble -> write(trouble, json));
            json.writeEndArray();
            json.writeEndObject();
        }
        return new Answer(up == null ? 503 : 200, body.toString(StandardCharsets.UTF_8));
    }

    private static void write(Trouble trouble, JsonGenerator json) {
        String message = trouble.status().message();
        json.writeStartObject();
        json.writeStringProperty("kind", trouble.kind().word());
        json.writeStringProperty("id", trouble.id().toString());
        json.writeStringProperty("status", trouble.status().level().name().toLowerCase(Locale.ROOT));
        json.writeStringProperty(
                "message", message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE) + "...");
        json.writeEndObject();
    }
}
