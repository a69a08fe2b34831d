package tscollector.app.interop;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;
import tscollector.testkit.datadog.AcceptedSeries;
import tscollector.testkit.datadog.AcceptedSketch;

/**
 * One value in Datadog.
 *
 * @param type count, rate, gauge or sketch
 * @param tags sorted, each once
 * @param host empty for none
 * @param interval in seconds; 0 for none
 * @param value a number, or the numbers of a sketch
 */
public record Sent(String type, String name, List<String> tags, String host, long second, long interval, Object value) {
    /** The numbers of a sketch: what is told beside the bins, and the bins by key. */
    public record Distribution(
            long count, double sum, double avg, double min, double max, SortedMap<Integer, Long> bins) {}

    public Sent {
        tags = List.copyOf(new TreeSet<>(tags));
    }

    public static List<Sent> of(AcceptedSeries series) {
        String type = switch (series.type()) {
            case AcceptedSeries.COUNT -> "count";
            case AcceptedSeries.RATE -> "rate";
            default -> "gauge";
        };
        String host = series.host() == null ? "" : series.host();
        return series.points().stream()
                .map(point -> new Sent(
                        type,
                        series.metric(),
                        series.tags(),
                        host,
                        point.timestamp(),
                        series.interval(),
                        point.value()))
                .toList();
    }

    public static Sent of(AcceptedSketch sketch) {
        return new Sent(
                "sketch",
                sketch.metric(),
                sketch.tags(),
                sketch.host(),
                sketch.timestamp(),
                0,
                new Distribution(
                        sketch.count(), sketch.sum(), sketch.avg(), sketch.min(), sketch.max(), sketch.bins()));
    }

    public Sent withName(String newName) {
        return new Sent(type, newName, tags, host, second, interval, value);
    }

    public Sent withTags(List<String> newTags) {
        return new Sent(type, name, newTags, host, second, interval, value);
    }
}
