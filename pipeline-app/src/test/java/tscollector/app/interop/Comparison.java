package tscollector.app.interop;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What arrived in Datadog over two roads, as sets. Equal are: numbers within a rounding error; distributions with the same count, sum
 * and bins, whose least and greatest value are the same. Beyond that, these are the same:
 * <ul>
 *   <li>names are written here as Datadog keeps them, and there as they are,
 *   <li>an empty tag value is {@code key:} here and {@code key:n/a} there (the Agent's checks send the former),
 *   <li>tags that are there because of a resource's attributes are not looked at (the Agent's checks have none),
 *   <li>negative counts, of histograms of negative numbers, are not sent here (R12),
 *   <li>of two counts in one second the sum is told, of two gauges the later: what the intake keeps of what we send,
 *   <li>the least and the greatest of a single observation are its value here, and there its bucket's bounds; those of exponential
 *       histograms are estimates, of the same bins.
 * </ul>
 */
public final class Comparison {
    private static final double ROUNDING = 1e-9;
    private static final double ESTIMATE = 1e-4; // the value of a bin is another one there

    /** What the two must have in common. */
    private record Key(String type, String name, List<String> tags, String host, long second, long interval) {}

    private Comparison() {}

    /** What only one of them has, a line each. */
    public static List<String> differences(List<Sent> theirs, List<String> resourceTags, List<Sent> ours) {
        Map<Key, List<Object>> wanted = byKey(theirs.stream()
                .filter(one -> !one.type().equals("count") || (Double) one.value() >= 0)
                .map(one -> one.withName(one.name().replaceAll("[^a-zA-Z0-9_.]+", "_"))
                        .withTags(one.tags().stream()
                                .filter(tag -> !resourceTags.contains(tag))
                                .map(tag -> tag.endsWith(":n/a") ? tag.substring(0, tag.length() - 3) : tag)
                                .toList()))
                .toList());
        Map<Key, List<Object>> found = byKey(ours);
        List<String> lines = new ArrayList<>();
        wanted.forEach((key, values) -> {
            List<Object> here = found.getOrDefault(key, List.of());
            if (!areSame(values, here)) {
                lines.add(key + "\n    theirs " + values + "\n    ours   " + here);
            }
        });
        found.forEach((key, values) -> {
            if (!wanted.containsKey(key)) {
                lines.add(key + "\n    only ours " + values);
            }
        });
        return lines;
    }

    private static Map<Key, List<Object>> byKey(List<Sent> all) {
        Map<Key, List<Object>> byKey = new LinkedHashMap<>();
        for (Sent one : all) {
            Key key = new Key(one.type(), one.name(), one.tags(), one.host(), one.second(), one.interval());
            List<Object> values = byKey.computeIfAbsent(key, k -> new ArrayList<>());
            if (one.type().equals("count") && !values.isEmpty()) {
                values.set(0, (Double) values.get(0) + (Double) one.value());
            } else if (one.type().equals("gauge") && !values.isEmpty()) {
                values.set(0, one.value());
            } else {
                values.add(one.value());
            }
        }
        return byKey;
    }

    private static boolean areSame(List<Object> theirs, List<Object> ours) {
        if (theirs.size() != ours.size()) {
            return false;
        }
        for (int i = 0; i < theirs.size(); i++) {
            if (!isSame(theirs.get(i), ours.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSame(Object theirs, Object ours) {
        if (theirs instanceof Sent.Distribution one && ours instanceof Sent.Distribution other) {
            return one.count() == other.count()
                    && isNear(one.sum(), other.sum(), ROUNDING)
                    && isNear(one.avg(), other.avg(), ROUNDING)
                    && one.bins().equals(other.bins())
                    && (other.count() == 1
                            || (isNear(one.min(), other.min(), ESTIMATE) && isNear(one.max(), other.max(), ESTIMATE)));
        }
        return theirs instanceof Double one && ours instanceof Double other && isNear(one, other, ROUNDING);
    }

    private static boolean isNear(double one, double other, double tolerance) {
        return Math.abs(one - other) <= tolerance * Math.max(1, Math.max(Math.abs(one), Math.abs(other)));
    }
}
