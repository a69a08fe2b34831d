package tscollector.testkit.datadog;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code /api/v1/events}: one event. */
final class EventReader {
    private static final int LONGEST_TEXT = 4000;
    private static final int LONGEST_KEY = 100;
    private static final Set<String> KEYS = Set.of(
            "title",
            "text",
            "date_happened",
            "priority",
            "host",
            "tags",
            "alert_type",
            "aggregation_key",
            "source_type_name",
            "device_name",
            "related_event_id");
    private static final Set<String> ALERTS =
            Set.of("error", "warning", "info", "success", "user_update", "recommendation", "snapshot");

    private final Windows windows;

    EventReader(Windows windows) {
        this.windows = windows;
    }

    AcceptedEvent json(byte[] body) throws Refusal {
        Map<String, @Nullable Object> map = Json.map(Json.parse(body), "the event");
        Json.onlyKeys(map, KEYS, "an event");
        String title = Json.text(map.get("title"), "title");
        String text = Json.text(map.get("text"), "text");
        Refusal.unless(!title.isBlank(), "an event has no title");
        Refusal.unless(characters(text) <= LONGEST_TEXT, "the text of an event is too long");
        String key = optional(map, "aggregation_key");
        Refusal.unless(characters(key) <= LONGEST_KEY, "the aggregation_key of an event is too long");
        String alert = optional(map, "alert_type");
        Refusal.unless(alert.isEmpty() || ALERTS.contains(alert), "no alert_type: " + alert);
        String priority = optional(map, "priority");
        Refusal.unless(
                priority.isEmpty() || priority.equals("normal") || priority.equals("low"), "no priority: " + priority);
        long happened = 0;
        if (map.containsKey("date_happened")) {
            happened = Json.whole(map.get("date_happened"), "date_happened");
            windows.event(happened);
        }
        List<String> tags = map.containsKey("tags") ? Json.texts(map.get("tags"), "tags") : List.of();
        Names.tags(tags, title);
        Map<String, Object> fields = new HashMap<>();
        map.forEach((name, value) -> {
            if (value != null) {
                fields.put(name, value);
            }
        });
        return new AcceptedEvent(
                title,
                text,
                happened,
                optional(map, "host"),
                tags,
                alert,
                optional(map, "source_type_name"),
                key,
                fields);
    }

    private static String optional(Map<String, @Nullable Object> map, String key) throws Refusal {
        return map.containsKey(key) ? Json.text(map.get(key), key) : "";
    }

    private static int characters(String text) {
        return text.codePointCount(0, text.length());
    }
}
