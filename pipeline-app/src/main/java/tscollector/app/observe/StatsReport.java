package tscollector.app.observe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** The one line per component that says what became of its items, and how it is. */
public final class StatsReport {
    private StatsReport() {}

    /** One line per component that had anything to do; zeros are left out, except for what was accepted. */
    public static List<String> lines(List<ComponentStats.Snapshot> snapshots) {
        return snapshots.stream()
                .filter(StatsReport::didAnything)
                .map(StatsReport::line)
                .collect(Collectors.toList());
    }

    /** The lines of those components in which something waits for at least so long. */
    public static List<String> linesOfWaiting(List<ComponentStats.Snapshot> snapshots, Duration longest) {
        return lines(snapshots.stream()
                .filter(snapshot -> snapshot.longestWait().compareTo(longest) >= 0)
                .collect(Collectors.toList()));
    }

    private static boolean didAnything(ComponentStats.Snapshot s) {
        return s.accepted() + s.refused() + s.failed() + s.sent() > 0
                || !s.dropped().isEmpty()
                || !s.counts().isEmpty();
    }

    private static String line(ComponentStats.Snapshot s) {
        List<String> parts = new ArrayList<>();
        parts.add("accepted " + s.accepted());
        if (s.sent() != 0) {
            parts.add("sent " + s.sent() + bySignal(s, Tally.Counted::sent));
        }
        addUnlessZero(parts, "refused ", s.refused());
        addUnlessZero(parts, "failed ", s.failed());
        if (s.droppedTotal() > 0) {
            parts.add("dropped " + s.droppedTotal() + byName(s.dropped()));
        }
        if (!s.counts().isEmpty()) {
            parts.add("counted" + byName(s.counts()));
        }
        String levels = s.levels().entrySet().stream()
                .filter(entry -> entry.getValue().value() != 0)
                .map(entry -> entry.getKey() + ": " + entry.getValue().inWords())
                .collect(Collectors.joining(", "));
        if (!levels.isEmpty()) {
            parts.add("now (" + levels + ")");
        }
        if (!s.states().isEmpty()) {
            parts.add(s.states().entrySet().stream()
                    .map(entry -> entry.getKey() + ": " + entry.getValue())
                    .collect(Collectors.joining(", ", "last (", ")")));
        }
        return s.kind().word() + " " + s.id() + ": " + String.join(", ", parts);
    }

    private static void addUnlessZero(List<String> parts, String what, long value) {
        if (value != 0) {
            parts.add(what + value);
        }
    }

    /** Nothing if there is only one. */
    private static String bySignal(ComponentStats.Snapshot s, ToLongFunction<Tally.Counted> number) {
        if (s.signals().size() < 2) {
            return "";
        }
        return s.signals().entrySet().stream()
                .map(entry -> entry.getKey() + ": " + number.applyAsLong(entry.getValue()))
                .collect(Collectors.joining(", ", " (", ")"));
    }

    private static String byName(Map<String, Long> numbers) {
        return numbers.entrySet().stream()
                .filter(entry -> entry.getValue() != 0)
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining(", ", " (", ")"));
    }
}
