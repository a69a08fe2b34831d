package tscollector.app.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Where the exporter {@code datadog} and Datadog's translator differ on purpose, beside what {@link Comparison} says: each with the
 * reason, and both sides seen. A test that fails because the translator changed is a reason to think again.
 */
class TranslatorDifferencesInteropIT {
    private static final long SECOND = 1_000_000_000L;
    private static final String KEEP = "sums: {initial_cumulative_monotonic_value: keep}";
    private static final List<Double> BOUNDS = List.of(1.0, 10.0);

    private final Instant now = Instant.now();
    private final long time = now.getEpochSecond() * SECOND + 60 * SECOND;
    private List<Sent> theirs = List.of();
    private List<Sent> ours = List.of();

    private static OtlpPoints points() {
        return new OtlpPoints();
    }

    private void send(String flags, String settings, OtlpPoints... requests) throws Exception {
        List<ExportMetricsServiceRequest> all =
                Stream.of(requests).map(OtlpPoints::request).toList();
        theirs = DatadogTranslator.translate(all, flags.isEmpty() ? List.of() : List.of(flags.split(" "))).stream()
                .flatMap(answer -> answer.sent().stream())
                .toList();
        ours = NativeRoad.send(all, now, settings, "").sent();
    }

    private static List<String> values(List<Sent> all) {
        List<String> lines = new ArrayList<>();
        for (Sent one : all) {
            Object value = one.value() instanceof Sent.Distribution sketch
                    ? "of " + sketch.count() + " in " + sketch.bins()
                    : one.value();
            lines.add(one.name() + " " + value);
        }
        return lines;
    }

    @Test
    @DisplayName("R11 every new label set has its first value, not only the first of a metric (mapping-go #277)")
    void firstValuesOfAllPoints() throws Exception {
        send("-initial=keep", KEEP, points().counter("c", 1, time, 5, 7));

        assertThat(values(theirs)).containsExactly("c 5.0");
        assertThat(values(ours)).containsExactlyInAnyOrder("c 5.0", "c 7.0");
    }

    @Test
    @DisplayName("R11 histograms and the sums of summaries have first values as counters have")
    void firstValuesOfHistogramsAndSums() throws Exception {
        send(
                "-initial=keep",
                KEEP,
                points().histogram("h", false, 1, time, 8, BOUNDS, 2, 0, 1).summary("s", 1, time, 3, 8));

        assertThat(values(theirs)).containsExactly("s.count 3.0");
        assertThat(values(ours)).containsExactlyInAnyOrder("s.count 3.0", "s.sum 8.0", "h of 3 in {1338=2, 1487=1}");
    }

    @Test
    @DisplayName("R12 a summary that began again without saying so has no negative sum (mapping-go #617)")
    void sumOfASummaryThatFell() throws Exception {
        send(
                "-initial=keep",
                KEEP,
                points().summary("s", 0, time, 30, 80),
                points().summary("s", 0, time + 15 * SECOND, 4, 9));

        assertThat(values(theirs)).containsExactly("s.count 30.0", "s.count 4.0", "s.sum -71.0");
        assertThat(values(ours)).containsExactlyInAnyOrder("s.count 30.0", "s.sum 80.0", "s.count 4.0", "s.sum 9.0");
    }

    @Test
    @DisplayName("R12 a histogram that began again without saying so gives no negative counts")
    void bucketsThatFell() throws Exception {
        send(
                "-histograms=counters -initial=drop",
                "histograms: {mode: counters}, sums: {initial_cumulative_monotonic_value: drop}",
                points().histogram("h", false, 0, time, 100, BOUNDS, 20, 0, 1),
                points().histogram("h", false, 0, time + 15 * SECOND, 30, BOUNDS, 2, 4, 1));

        assertThat(values(theirs)).containsExactly("h.bucket -18.0", "h.bucket 4.0", "h.bucket 0.0");
        assertThat(values(ours)).isEmpty();
    }

    @Test
    @DisplayName(
            "R12 a histogram of numbers that are not negative began again if its sum fell, even though no bucket did")
    void aSumThatFell() throws Exception {
        send(
                "-initial=drop",
                "sums: {initial_cumulative_monotonic_value: drop}",
                points().histogram("h", false, 0, time, 9, BOUNDS, 0, 1, 0),
                points().histogram("h", false, 0, time + 15 * SECOND, 3, BOUNDS, 0, 2, 0));

        assertThat(theirs)
                .singleElement()
                .satisfies(one ->
                        assertThat(((Sent.Distribution) one.value()).sum()).isEqualTo(-6));
        assertThat(ours).isEmpty();
    }

    @Test
    @DisplayName(
            "R11 a series that starts with its point goes on where it was remembered: a restart of ours makes no gap")
    void aStartThatIsItsPoint() throws Exception {
        send(
                "-initial=keep",
                KEEP,
                points().counter("c", time - 5 * SECOND, time, 9),
                points().counter("c", time + 15 * SECOND, time + 15 * SECOND, 12));

        assertThat(values(theirs)).containsExactly("c 9.0", "c 12.0");
        assertThat(values(ours)).containsExactlyInAnyOrder("c 9.0", "c 3.0");
    }

    @Test
    @DisplayName("R19 a histogram without bounds lies at its average, and not at a bin that means nothing")
    void aHistogramWithoutBounds() throws Exception {
        send("", "", points().histogram("h", true, 0, time, 20, List.of(), 2));

        assertThat(values(theirs)).containsExactly("h of 2 in {-1=2}");
        assertThat(values(ours)).containsExactly("h of 2 in {1487=2}"); // 10
    }

    @Test
    @DisplayName("R19 bounds are written as the Agent's checks do")
    void boundsOfAMillion() throws Exception {
        send(
                "-histograms=counters",
                "histograms: {mode: counters}",
                points().histogram("h", true, 0, time, 1, List.of(1e6), 1, 0));

        assertThat(theirs.get(0).tags()).contains("upper_bound:1e+06.0");
        assertThat(ours.get(0).tags()).contains("upper_bound:1000000.0");
    }

    @Test
    @DisplayName("R12 a count is never negative")
    void negativeDeltas() throws Exception {
        send("", "", points().delta("d", time - SECOND, time, -5));

        assertThat(values(theirs)).containsExactly("d -5.0");
        assertThat(ours).isEmpty();
    }

    @Test
    @DisplayName("R14 counts of one second are added up before they are sent, since the intake would keep one of them")
    void twoCountsInOneSecond() throws Exception {
        send("", "", points().delta("d", time - SECOND, time, 5).delta("d", time, time + SECOND / 2, 6));

        assertThat(values(theirs)).containsExactly("d 5.0", "d 6.0");
        assertThat(values(ours)).containsExactly("d 11.0");
    }

    @Test
    @DisplayName("R17 a list is a tag for each of its elements")
    void lists() throws Exception {
        send("", "", points().gauge("g", time, 1, "k", List.of("a", "b")));

        assertThat(theirs.get(0).tags()).containsExactly("k:[\"a\",\"b\"]");
        assertThat(ours.get(0).tags()).containsExactly("k:a", "k:b");
    }

    @Test
    @DisplayName("R18 attributes of resources are no tags, unless they are asked for")
    void resourceAttributes() throws Exception {
        send("", "", points().of("service.name", "torchserve").gauge("g", time, 1, "k", List.of("a")));

        assertThat(theirs.get(0).tags()).contains("service:torchserve");
        assertThat(ours.get(0).tags()).containsExactly("k:a");
    }

    @Test
    @DisplayName("R16 metrics of hosts keep their names, also where the Collector's exporter renames them")
    void namesOfHosts() throws Exception {
        send("-otel-prefix", "", points().delta("system.disk.io", time - SECOND, time, 5));

        assertThat(values(theirs)).containsExactly("otel.system.disk.io 5.0");
        assertThat(values(ours)).containsExactly("system.disk.io 5.0");
    }

    @Test
    @DisplayName("R12 cumulative exponential histograms become distributions, too")
    void cumulativeExponentialHistograms() throws Exception {
        send(
                "",
                "",
                points().exponential("e", time - SECOND, time, 2, 1),
                points().exponential("e", time - SECOND, time + 15 * SECOND, 5, 3));

        assertThat(theirs).isEmpty();
        assertThat(ours).hasSize(2);
    }

    @Test
    @DisplayName("R10 a counter's differences tell the interval, too")
    void intervalsOfCounters() throws Exception {
        send(
                "-infer-interval -initial=drop",
                "infer_interval: true, sums: {initial_cumulative_monotonic_value: drop}",
                points().counter("c", time - SECOND, time, 5),
                points().counter("c", time - SECOND, time + 15 * SECOND, 8));

        assertThat(theirs).extracting(Sent::interval).containsExactly(0L);
        assertThat(ours).extracting(Sent::interval).containsExactly(15L);
    }
}
