package tscollector.testkit.datadog;

import java.util.List;
import java.util.Map;

/**
 * One event of {@code /api/v1/events}; texts that were absent are empty.
 *
 * @param dateHappened seconds since 1970; 0 if it had none
 * @param fields all of it as it was, absent what was absent
 */
public record AcceptedEvent(
        String title,
        String text,
        long dateHappened,
        String host,
        List<String> tags,
        String alertType,
        String sourceTypeName,
        String aggregationKey,
        Map<String, Object> fields) {
    public AcceptedEvent {
        tags = List.copyOf(tags);
        fields = Map.copyOf(fields);
    }
}
