package tscollector.app.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.common.Clock;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tscollector.app.interop.OtlpFile.Point;

/**
 * Where our {@code cumulativetodelta} and the Collector's differ on purpose: each with the reason, and both sides seen. A test that
 * fails because the Collector changed is a reason to think again.
 */
class CollectorDeltaDifferencesInteropIT {
    private static final long SECOND = 1_000_000_000L;
    private static final List<Double> BOUNDS = List.of(1.0, 10.0);

    @TempDir
    private Path folder;

    private final long time = Clock.getDefault().now() + 60 * SECOND;
    private final long start = time - 10 * SECOND;
    private List<Point> theirs = List.of();
    private List<Point> ours = List.of();
    private Map<String, Long> dropped = Map.of();

    private static OtlpPoints points() {
        return new OtlpPoints();
    }

    private void send(String initialValue, OtlpPoints... requests) throws Exception {
        String settings = "initial_value: " + initialValue;
        CollectorDeltas collector = new CollectorDeltas(folder.resolve("collector"), Map.of("it", settings));
        try (collector;
                OurDeltas deltas = new OurDeltas(Clock.getDefault(), settings, folder.resolve("ours"))) {
            for (OtlpPoints request : requests) {
                collector.send(request.request());
                deltas.send(request.request());
            }
            ours = deltas.points();
            dropped = deltas.dropped();
        }
        theirs = collector.points("it");
    }

    private List<String> values(List<Point> points) {
        return points.stream()
                .map(point -> point.value().replaceAll(" (min|max) 0.0| bounds .*", "") + " since "
                        + (point.start() == 0 ? "ever" : (point.start() - time) / SECOND))
                .toList();
    }

    @Test
    @DisplayName("R11 keep: a first value keeps the start time it has")
    void startOfAFirstValue() throws Exception {
        send("keep", points().counter("c", start, time, 5));

        assertThat(values(theirs)).containsExactly("double 5.0 since ever");
        assertThat(values(ours)).containsExactly("double 5.0 since -10");
    }

    @Test
    @DisplayName("R11 a counter that fell without a new start time: what it counted since is sent, not lost")
    void keepsWhatAResetCounted() throws Exception {
        send(
                "auto",
                points().counter("c", start, time, 9),
                points().counter("c", start, time + 15 * SECOND, 2),
                points().counter("c", start, time + 30 * SECOND, 6));

        assertThat(values(theirs)).containsExactly("double 9.0 since -10", "double 4.0 since 15");
        assertThat(values(ours)).containsExactly("double 9.0 since -10", "double 2.0 since 0", "double 4.0 since 15");
    }

    @Test
    @DisplayName(
            "R12 a histogram that fell without a new start time goes on from there, and not only once it is where it was")
    void goesOnAfterAReset() throws Exception {
        send(
                "drop",
                points().histogram("h", false, start, time, 90, BOUNDS, 9, 9, 9),
                points().histogram("h", false, start, time + 15 * SECOND, 10, BOUNDS, 1, 1, 1),
                points().histogram("h", false, start, time + 30 * SECOND, 20, BOUNDS, 2, 2, 2));

        assertThat(theirs).isEmpty();
        assertThat(values(ours)).containsExactly("count 3 sum 10.0 buckets [1.0,1.0,1.0] since 15");
    }

    @Test
    @DisplayName("R12 a histogram with other bounds is a first value")
    void otherBounds() throws Exception {
        send(
                "keep",
                points().histogram("h", false, start, time, 9, BOUNDS, 1, 2, 0),
                points().histogram("h", false, start, time + 15 * SECOND, 12, List.of(5.0), 3, 1));

        assertThat(values(theirs)).hasSize(1);
        assertThat(values(ours)).hasSize(2).contains("count 4 sum 12.0 buckets [3.0,1.0] since 0");
    }

    @Test
    @DisplayName("R13 a point that is not newer than the last is dropped and counted, and ruins nothing")
    void outOfOrder() throws Exception {
        send(
                "keep",
                points().counter("c", start, time + 30 * SECOND, 9),
                points().counter("c", start, time + 15 * SECOND, 10),
                points().counter("c", start, time + 30 * SECOND, 11),
                points().counter("c", start, time + 45 * SECOND, 12));

        // a delta that ends before it begins, and one of no time
        assertThat(values(theirs))
                .containsExactly(
                        "double 9.0 since ever", "double 1.0 since 30", "double 1.0 since 15", "double 1.0 since 30");
        assertThat(values(ours)).containsExactly("double 9.0 since -10", "double 3.0 since 30");
        assertThat(dropped).containsEntry("not newer than the last point", 2L);
    }

    @Test
    @DisplayName("R12 what is not a number is dropped and counted, and never called a delta")
    void notANumber() throws Exception {
        send(
                "drop",
                points().counter("c", start, time, 5),
                points().counter("c", start, time + 15 * SECOND, Double.NaN),
                points().counter("c", start, time + 30 * SECOND, Double.POSITIVE_INFINITY),
                points().counter("c", start, time + 45 * SECOND, 8),
                points().counter("c", start, time + 60 * SECOND, 9));

        assertThat(values(theirs))
                .containsExactly("double NaN since -10", "double Infinity since 0", "double 1.0 since 45");
        assertThat(values(ours)).containsExactly("double 3.0 since 0", "double 1.0 since 45");
        assertThat(dropped).containsEntry("not a finite number", 2L);
    }

    @Test
    @DisplayName(
            "R12 a histogram of numbers that are not negative began again if its sum fell, even though no bucket did")
    void aSumThatFell() throws Exception {
        send(
                "drop",
                points().histogram("h", false, start, time, 9, BOUNDS, 0, 1, 0),
                points().histogram("h", false, start, time + 15 * SECOND, 3, BOUNDS, 0, 2, 0));

        assertThat(values(theirs)).containsExactly("count 1 sum -6.0 buckets [0.0,1.0,0.0] since 0");
        assertThat(ours).isEmpty();
    }
}
