package tscollector.app.observe;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import tscollector.kit.text.Amounts;
import tscollector.telemetry.Telemetry;

/** What one component shows of itself besides what it counts: numbers that go up and down, and words. Thread-safe. */
public final class Shown {
    private static final int MOST = Tally.MAX_NAMES;
    private static final int LONGEST_WORD = 200;

    /** Equal only to itself: two instances of a component show levels of the same name. */
    private static final class Registered {
        private final String what;
        private final Telemetry.Unit unit;
        private final LongSupplier now;

        Registered(String what, Telemetry.Unit unit, LongSupplier now) {
            this.what = what;
            this.unit = unit;
            this.now = now;
        }
    }

    /** A number at one moment. */
    public record Amount(Telemetry.Unit unit, long value) {
        /** As people read it. */
        public String inWords() {
            return switch (unit) {
                case ITEMS -> Amounts.number(value);
                case BYTES -> Amounts.bytes(value);
                case SECONDS -> Amounts.time(Duration.ofSeconds(value));
            };
        }

        /** That of two instances of one component: as much as both have, as old as the older one. */
        private Amount and(Amount other) {
            return new Amount(
                    unit, unit == Telemetry.Unit.SECONDS ? Math.max(value, other.value) : value + other.value);
        }
    }

    private final CopyOnWriteArrayList<Registered> levels = new CopyOnWriteArrayList<>();
    private final Map<String, String> states = new ConcurrentHashMap<>();

    Telemetry.Level level(String what, Telemetry.Unit unit, LongSupplier now) {
        Registered level = new Registered(what, unit, now);
        if (levels.size() >= MOST) {
            return () -> {};
        }
        levels.add(level);
        return () -> levels.remove(level);
    }

    void state(String what, String is) {
        if (states.size() < MOST || states.containsKey(what)) {
            states.put(what, is.length() > LONGEST_WORD ? is.substring(0, LONGEST_WORD) : is);
        }
    }

    /** The numbers as they are now; one that fails is left out. */
    Map<String, Amount> levels() {
        Map<String, Amount> amounts = new TreeMap<>();
        for (Registered level : levels) {
            OptionalLong value = ask(level);
            if (value.isPresent()) {
                amounts.merge(level.what, new Amount(level.unit, value.getAsLong()), Amount::and);
            }
        }
        return amounts;
    }

    private static OptionalLong ask(Registered level) {
        try {
            return OptionalLong.of(level.now.getAsLong());
        } catch (RuntimeException e) {
            return OptionalLong.empty(); // it costs its own number; a line about it would come with every look
        }
    }

    Map<String, String> states() {
        return new TreeMap<>(states);
    }
}
