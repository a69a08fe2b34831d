package tscollector.kit.delta;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tscollector.kit.delta.DeltaRules.InitialValue;

/** The rules in so many words, for one plain counter a key: no plans, no shapes, no bytes. Times in seconds. */
final class SlowDeltas {
    private record Last(double start, double time, double value) {}

    /** What is sent: from when, and how much. */
    record Sent(double since, double value) {}

    private final InitialValue rule;
    private final double processStart;
    private final Map<String, Last> last = new HashMap<>();

    /** @param before what an earlier life remembered; null if there was none */
    SlowDeltas(InitialValue rule, double processStart, @Nullable SlowDeltas before) {
        this.rule = rule;
        this.processStart = processStart;
        if (before != null) {
            last.putAll(before.last);
        }
    }

    @Nullable
    Sent next(String key, double start, double time, double value) {
        Last before = last.get(key);
        if (Double.isNaN(value) || value < 0 || (before != null && time <= before.time)) {
            return null;
        }
        last.put(key, new Last(start, time, value));
        if (before == null) {
            return isSentWhole(null, start, time) ? new Sent(start, value) : null;
        }
        boolean fell = value < before.value;
        if (rule == InitialValue.AGENT) {
            if (!fell) {
                return new Sent(before.time, value - before.value);
            }
            return start < time ? new Sent(Math.max(start, before.time), value) : new Sent(before.time, 0);
        }
        if (fell || (start < time && start != before.start)) {
            return isSentWhole(before, start, time) ? new Sent(Math.max(start, before.time), value) : null;
        }
        return new Sent(before.time, value - before.value);
    }

    private boolean isSentWhole(@Nullable Last before, double start, double time) {
        return switch (rule) {
            case AGENT -> start < time;
            case AUTO -> start < time && (start > processStart || (before != null && start >= before.time));
            case KEEP -> true;
            case DROP -> false;
        };
    }
}
