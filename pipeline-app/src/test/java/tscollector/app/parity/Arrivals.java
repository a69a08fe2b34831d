package tscollector.app.parity;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What arrived at an intake, or should: by what it is, its values in the order of time. Equal and printed so that people can compare. */
final class Arrivals {
    private final Map<String, List<String>> values = new TreeMap<>();

    /** A point of a series; {@code host} empty for none. */
    void metric(String type, String name, Collection<String> tags, String host, double value) {
        add(type + " " + name + " " + sorted(tags) + " host=" + host, number(value));
    }

    /** The observations of a distribution. */
    void sketch(String name, Collection<String> tags, String host, double count) {
        add("sketch " + name + " " + sorted(tags) + " host=" + host, number(count));
    }

    void check(String name, Collection<String> tags, String host, String status, boolean hasMessage) {
        add("check " + name + " " + sorted(tags) + " host=" + host, status + (hasMessage ? " with message" : ""));
    }

    void event(String title, String text, Collection<String> tags, String host) {
        add("event " + title + " | " + text + " " + sorted(tags) + " host=" + host, "sent");
    }

    /** What is here and not there, or with other values, a line each. */
    List<String> missingIn(Arrivals other) {
        List<String> lines = new ArrayList<>();
        values.forEach((key, mine) -> {
            List<String> theirs = other.values.get(key);
            if (!mine.equals(theirs) && !(mine.contains(number(Double.NaN)) && theirs != null)) {
                lines.add(key + " = " + mine + (theirs == null ? "" : ", but it was " + theirs));
            }
        });
        return lines;
    }

    /** What of the other is not here at all. */
    List<String> unknownOf(Arrivals other) {
        return other.values.entrySet().stream()
                .filter(entry -> !values.containsKey(entry.getKey()))
                .map(entry -> entry.getKey() + " = " + entry.getValue())
                .toList();
    }

    /** Everything: what it is, its name, its tags and host, and its values, a line each. */
    List<String> lines() {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + " = " + entry.getValue())
                .toList();
    }

    private void add(String key, String value) {
        values.computeIfAbsent(key, k -> new ArrayList<>()).add(value);
    }

    private static List<String> sorted(Collection<String> tags) {
        return tags.stream().distinct().sorted().toList();
    }

    /** Short enough that a difference of two sums reads the same as the difference itself. */
    private static String number(double value) {
        return String.format(Locale.ROOT, "%.6g", value + 0.0); // of the two zeros one
    }
}
