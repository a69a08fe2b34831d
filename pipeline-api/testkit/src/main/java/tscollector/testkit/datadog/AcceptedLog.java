package tscollector.testkit.datadog;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One log of {@code /api/v2/logs}.
 *
 * @param fields all its fields; values are texts, numbers ({@code Long} or {@code Double}), truth values, lists and maps
 */
public record AcceptedLog(Map<String, Object> fields) {
    public AcceptedLog {
        fields = Map.copyOf(fields);
    }

    public String message() {
        return text("message");
    }

    /** The field as text; empty if it is not there. */
    public String text(String field) {
        Object value = fields.get(field);
        return value == null ? "" : value.toString();
    }

    public @Nullable Object field(String name) {
        return fields.get(name);
    }
}
