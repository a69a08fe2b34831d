package tscollector.app.observe;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The one line per component that says what became of its items. */
public final class StatsReport {
    private StatsReport() {}

    /** One line per component that had anything to do; zeros are left out, except for what was accepted. */
    public static List<String> lines(List<ComponentStats.Snapshot> snapshots) {
        return snapshots.stream()
                .filter(StatsReport::didAnything)
                .map(StatsReport::line)
                .collect(Collectors.toList());
    }

    private static boolean didAnything(ComponentStats.Snapshot s) {
        return s.accepted() + s.refused() + s.failed() + s.sent() > 0
                || !s.dropped().isEmpty()
                || !s.counts().isEmpty();
    }

    private static String line(ComponentStats.Snapshot s) {
        List<String> parts = new ArrayList<>();
        parts.add("accepted " + s.accepted());
        addUnlessZero(parts, "sent ", s.sent());
        addUnlessZero(parts, "refused ", s.refused());
        addUnlessZero(parts, "failed ", s.failed());
        if (s.droppedTotal() > 0) {
            parts.add("dropped " + s.droppedTotal() + byName(s.dropped()));
        }
        if (!s.counts().isEmpty()) {
            parts.add("counted" + byName(s.counts()));
        }
        return s.kind().word() + " " + s.id() + ": " + String.join(", ", parts);
    }

    private static void addUnlessZero(List<String> parts, String what, long value) {
        if (value != 0) {
            parts.add(what + value);
        }
    }

    private static String byName(Map<String, Long> numbers) {
        return numbers.entrySet().stream()
                .filter(entry -> entry.getValue() != 0)
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining(", ", " (", ")"));
    }
}
