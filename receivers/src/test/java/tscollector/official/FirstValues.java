package tscollector.official;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tscollector.official.ShortNaming.Sent;

/** The points that the Agent makes of what it is given, run by run. */
final class FirstValues {
    private final Map<String, Double> last = new HashMap<>();

    List<String> points(List<Sent> run) {
        List<String> points = new ArrayList<>();
        Map<String, Double> gauges = new HashMap<>(); // the last value of a flush is sent
        for (Sent sent : run) {
            Double before = sent.isCounter() ? last.put(sent.series(), sent.value()) : null;
            if (!sent.isCounter()) {
                gauges.put(sent.series(), sent.value());
            } else if (before != null && sent.value() >= before) {
                points.add(sent.series() + " +" + (sent.value() - before));
            } else if (sent.flush()) {
                points.add(sent.series() + " +" + sent.value());
            } else if (before != null) {
                points.add(sent.series() + " +0.0");
            }
        }
        gauges.forEach((series, value) -> points.add(series + " " + value));
        return points.stream().sorted().toList();
    }
}
