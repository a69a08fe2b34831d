package tscollector.exporter.datadog;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tscollector.telemetry.Telemetry;

/**
 * Metric names as Datadog stores them. A legal name stays as it is, byte for byte; others are changed as the backend would, with a
 * warning, since a name that is not found on a dashboard is a riddle. Thread-safe.
 *
 * @see <a href="https://docs.datadoghq.com/metrics/custom_metrics/#naming-custom-metrics">Datadog's rules</a>
 */
final class MetricNames {
    private static final int LONGEST = 200;
    /** Changed names remembered for {@link #changed}; more are changed all the same. */
    private static final int REMEMBERED = 1000;
    /** Names that were sent as they are, remembered to tell when a changed one becomes equal. */
    private static final int REMEMBERED_LEGAL = 10_000;

    private static final Duration WARNING_PERIOD = Duration.ofHours(1);

    private final Telemetry telemetry;
    private final Map<String, String> originals = new HashMap<>(); // by changed name; guarded by this
    private final Set<String> unchanged = new HashSet<>(); // guarded by this

    MetricNames(Telemetry telemetry) {
        this.telemetry = telemetry;
    }

    /** The name to send; null if nothing of it can be. */
    @Nullable
    String of(String name) {
        if (isLegal(name)) {
            unchanged(name);
            return name;
        }
        String legal = legal(name);
        if (legal != null) {
            changed(name, legal);
        }
        return legal;
    }

    static boolean isLegal(String name) {
        if (name.isEmpty() || name.length() > LONGEST || !isLetter(name.charAt(0))) {
            return false;
        }
        for (int i = 1; i < name.length(); i++) {
            if (!isAllowed(name.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Begins with the first letter; what is not allowed becomes an underscore, of which there is one at a time and none beside a dot. */
    private static @Nullable String legal(String name) {
        StringBuilder legal = new StringBuilder(name.length());
        for (int i = 0; i < name.length() && legal.length() < LONGEST; i++) {
            char c = name.charAt(i);
            if (legal.length() == 0) {
                if (isLetter(c)) {
                    legal.append(c);
                }
                continue;
            }
            char last = legal.charAt(legal.length() - 1);
            if (c == '.' && last == '_') {
                legal.setCharAt(legal.length() - 1, '.');
            } else if (isAllowed(c) && c != '_') {
                legal.append(c);
            } else if (last != '_' && last != '.') {
                legal.append('_');
            }
        }
        while (legal.length() > 0 && legal.charAt(legal.length() - 1) == '_') {
            legal.setLength(legal.length() - 1);
        }
        return legal.length() == 0 ? null : legal.toString();
    }

    private synchronized void unchanged(String name) {
        if (unchanged.size() < REMEMBERED_LEGAL && unchanged.add(name)) {
            String changed = originals.get(name);
            if (changed != null) {
                tellEqual(changed, name, name);
            }
        }
    }

    private synchronized void changed(String name, String legal) {
        String before = originals.size() < REMEMBERED ? originals.putIfAbsent(legal, name) : originals.get(legal);
        if (before == null && originals.containsKey(legal)) {
            telemetry.warnOncePer(
                    WARNING_PERIOD,
                    "metric names",
                    "Datadog does not take the metric name \"" + shown(name) + "\"; it is sent as " + legal + ".");
            if (unchanged.contains(legal)) {
                tellEqual(legal, name, legal);
            }
        } else if (before != null && !before.equals(name)) {
            tellEqual(before, name, legal);
        }
    }

    private void tellEqual(String one, String other, String sent) {
        telemetry.warnOncePer(
                WARNING_PERIOD,
                "equal metric names",
                "Two metric names become one for Datadog, their series are added up. name=\"" + shown(one)
                        + "\" name=\"" + shown(other) + "\" sent=" + sent);
    }

    private static String shown(String name) {
        return name.length() <= LONGEST ? name : name.substring(0, LONGEST) + "...";
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isAllowed(char c) {
        return isLetter(c) || (c >= '0' && c <= '9') || c == '_' || c == '.';
    }
}
