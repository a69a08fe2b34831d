package tscollector.testkit.datadog;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads {@code /api/beta/sketches}: a protobuf {@code SketchPayload}. */
final class SketchReader {
    private static final long MOST_IN_BIN = 65_535;

    private final Windows windows;

    SketchReader(Windows windows) {
        this.windows = windows;
    }

    List<AcceptedSketch> protobuf(byte[] body) throws Refusal {
        Proto payload = new Proto(body);
        List<AcceptedSketch> all = new ArrayList<>();
        while (payload.next()) {
            switch (payload.field()) {
                case 1 -> all.addAll(sketches(payload.message()));
                case 2 -> payload.message(); // metadata of the payload, empty in all shippers
                default -> throw payload.unknown("SketchPayload");
            }
        }
        Refusal.unless(!all.isEmpty(), "there is no sketch");
        return all;
    }

    private List<AcceptedSketch> sketches(Proto sketch) throws Refusal {
        String metric = "";
        String host = "";
        List<String> tags = new ArrayList<>();
        List<Proto> points = new ArrayList<>();
        while (sketch.next()) {
            switch (sketch.field()) {
                case 1 -> metric = sketch.text();
                case 2 -> host = sketch.text();
                case 4 -> tags.add(sketch.text());
                case 7 -> points.add(sketch.message());
                case 8 -> sketch.message(); // classification
                default -> throw sketch.unknown("Sketch");
            }
        }
        Names.metric(metric);
        Names.tags(tags, metric);
        Refusal.unless(!points.isEmpty(), metric + " has no dogsketch");
        List<AcceptedSketch> all = new ArrayList<>();
        for (Proto point : points) {
            all.add(one(metric, host, tags, point));
        }
        return all;
    }

    private AcceptedSketch one(String metric, String host, List<String> tags, Proto point) throws Refusal {
        long timestamp = 0;
        long count = 0;
        double[] summary = new double[4]; // min, max, avg, sum
        List<Long> keys = List.of();
        List<Long> counts = List.of();
        while (point.next()) {
            switch (point.field()) {
                case 1 -> timestamp = point.varint();
                case 2 -> count = point.varint();
                case 3, 4, 5, 6 -> summary[point.field() - 3] = finite(metric, point.number());
                case 7 -> keys = point.varints();
                case 8 -> counts = point.varints();
                default -> throw point.unknown("Dogsketch");
            }
        }
        windows.point(timestamp);
        return new AcceptedSketch(
                metric,
                host,
                tags,
                timestamp,
                count,
                summary[0],
                summary[1],
                summary[2],
                summary[3],
                bins(metric, count, keys, counts));
    }

    private static SortedMap<Integer, Long> bins(String metric, long count, List<Long> keys, List<Long> counts)
            throws Refusal {
        Refusal.unless(keys.size() == counts.size(), metric + " has as many keys as counts");
        SortedMap<Integer, Long> bins = new TreeMap<>();
        long total = 0;
        for (int i = 0; i < keys.size(); i++) {
            long inBin = counts.get(i);
            Refusal.unless(inBin > 0 && inBin <= MOST_IN_BIN, metric + " has a bin of " + inBin);
            bins.merge(Proto.zigzag(keys.get(i)), inBin, Long::sum);
            total += inBin;
        }
        Refusal.unless(total == count, metric + " counts " + count + " but its bins " + total);
        return bins;
    }

    private static double finite(String metric, double value) throws Refusal {
        Refusal.unless(Double.isFinite(value), metric + " has the value " + value);
        return value;
    }
}
