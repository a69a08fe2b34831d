package tscollector.testkit.datadog;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code /api/v1/check_run}: an array of service checks. */
final class CheckReader {
    private static final Set<String> KEYS = Set.of("check", "host_name", "status", "timestamp", "message", "tags");

    private final Windows windows;

    CheckReader(Windows windows) {
        this.windows = windows;
    }

    List<AcceptedCheck> json(byte[] body) throws Refusal {
        List<AcceptedCheck> all = new ArrayList<>();
        for (Object item : Json.list(Json.parse(body), "the payload")) {
            all.add(one(Json.map(item, "a check run")));
        }
        Refusal.unless(!all.isEmpty(), "there is no check run");
        return all;
    }

    private AcceptedCheck one(Map<String, @Nullable Object> map) throws Refusal {
        Json.onlyKeys(map, KEYS, "a check run");
        long timestamp = 0;
        if (map.containsKey("timestamp")) {
            timestamp = Json.whole(map.get("timestamp"), "timestamp");
            windows.check(timestamp);
        }
        AcceptedCheck check = new AcceptedCheck(
                Json.text(map.get("check"), "check"),
                Json.text(map.get("host_name"), "host_name"),
                (int) Json.whole(map.get("status"), "status"),
                timestamp,
                map.containsKey("message") ? Json.text(map.get("message"), "message") : "",
                Json.texts(map.get("tags"), "tags"));
        Refusal.unless(!check.check().isEmpty(), "a check run has no name");
        Refusal.unless(check.status() >= 0 && check.status() <= 3, check.check() + " has status " + check.status());
        Names.tags(check.tags(), check.check());
        return check;
    }
}
