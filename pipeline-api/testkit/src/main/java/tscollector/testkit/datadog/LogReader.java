package tscollector.testkit.datadog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code /api/v2/logs}: an array of logs with any fields. */
final class LogReader {
    private static final int MOST_LOGS = 1000;
    /** Characters of one log, whatever its fields; the real intake cuts longer ones. */
    private static final long LONGEST = 1_000_000;

    private final Windows windows;

    LogReader(Windows windows) {
        this.windows = windows;
    }

    List<AcceptedLog> json(byte[] body) throws Refusal {
        List<AcceptedLog> all = new ArrayList<>();
        List<?> items = Json.list(Json.parse(body), "the payload");
        Refusal.unless(!items.isEmpty(), "there is no log");
        if (items.size() > MOST_LOGS) {
            throw new Refusal(413, items.size() + " logs in one payload");
        }
        for (Object item : items) {
            all.add(one(Json.map(item, "a log")));
        }
        return all;
    }

    private AcceptedLog one(Map<String, @Nullable Object> map) throws Refusal {
        Json.text(map.get("message"), "message");
        for (String field : List.of("ddsource", "ddtags", "hostname", "service", "status")) {
            if (map.containsKey(field)) {
                Json.text(map.get(field), field);
            }
        }
        if (map.containsKey("timestamp")) {
            windows.log(Json.whole(map.get("timestamp"), "timestamp"));
        }
        Refusal.unless(characters(map) <= LONGEST, "a log is longer than " + LONGEST);
        Map<String, Object> fields = new HashMap<>();
        map.forEach((name, value) -> {
            if (value != null) {
                fields.put(name, value);
            }
        });
        return new AcceptedLog(fields);
    }

    private static long characters(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            long sum = 0;
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                sum += String.valueOf(entry.getKey()).length() + characters(entry.getValue());
            }
            return sum;
        }
        if (value instanceof List<?> list) {
            return list.stream().mapToLong(LogReader::characters).sum();
        }
        return value == null ? 4 : value.toString().length();
    }
}
