package tscollector.testkit.datadog;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One series of {@code /api/v2/series}, from JSON or protobuf alike.
 *
 * @param type 1 count, 2 rate, 3 gauge
 * @param interval seconds; 0 for none
 * @param unit empty for none
 * @param sourceTypeName empty for none
 */
public record AcceptedSeries(
        String metric,
        int type,
        List<Resource> resources,
        List<String> tags,
        List<Point> points,
        long interval,
        String unit,
        String sourceTypeName) {
    public static final int COUNT = 1;
    public static final int RATE = 2;
    public static final int GAUGE = 3;

    /** What the series belongs to. */
    public record Resource(String type, String name) {}

    /**
     * One value.
     *
     * @param timestamp seconds since 1970
     */
    public record Point(long timestamp, double value) {}

    public AcceptedSeries {
        resources = List.copyOf(resources);
        tags = List.copyOf(tags);
        points = List.copyOf(points);
    }

    /** The resource of type {@code host}, or null. */
    public @Nullable String host() {
        return resources.stream()
                .filter(resource -> resource.type().equals("host"))
                .map(Resource::name)
                .findFirst()
                .orElse(null);
    }

    /** Name, host and sorted tags: what makes a series. */
    public String identity() {
        return metric + " @" + host() + " " + new TreeSet<>(tags);
    }

    /** The values by second; of two in one second the later, as Datadog keeps it. */
    public SortedMap<Long, Double> values() {
        SortedMap<Long, Double> values = new TreeMap<>();
        points.forEach(point -> values.put(point.timestamp(), point.value()));
        return values;
    }
}
