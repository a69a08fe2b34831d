package tscollector.exporter.datadog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.DynamicMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SketchBinsTest {
    /** Figures that Datadog publishes for its own interpolation. */
    @ParameterizedTest
    @CsvSource({
        "0, 10, 2, 0:1 1442:1",
        "10, 20, 4, 1487:1 1502:1 1514:1 1524:1",
        "-10, 10, 4, -1487:1 -1442:1 -1067:1 1442:1"
    })
    void fewValuesAreSpreadAsDatadogSpreadsThem(double lower, double upper, long count, String expected) {
        SketchBins bins = new SketchBins();

        bins.spread(lower, upper, count);

        assertThat(text(bins)).isEqualTo(expected);
    }

    @Test
    void manyValuesAreSpreadAsDatadogSpreadsThem() {
        SketchBins bins = new SketchBins();

        bins.spread(1e3, 1e5, 999_999);

        assertThat(text(bins))
                .startsWith("1784:158 1785:162 1786:164 1787:166 1788:170 1789:171 1790:175 ")
                .endsWith(" 2077:14933 2078:15167 2079:15403 2080:8942");
    }

    @Test
    void aFullBinHasSeveralEntries() {
        SketchBins bins = new SketchBins();

        bins.add(1, 3 * 65_535 + 7);

        assertThat(text(bins)).isEqualTo("1338:7 1338:65535 1338:65535 1338:65535");
    }

    @Test
    void countsOfOneKeyComeTogether() {
        SketchBins bins = new SketchBins();

        bins.add(1, 2);
        bins.add(1.001, 3);

        assertThat(text(bins)).isEqualTo("1338:5");
    }

    /** The slow model: place the values one by one at equal distances and look how many lie below each bin. */
    @Test
    void whateverIsSpreadKeepsItsCountAndItsPlace() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 300; round++) {
            double lower = bound(random);
            double upper = lower + Math.abs(bound(random)) + 1e-6;
            int count = random.nextInt(1, 3000);
            SketchBins bins = new SketchBins();
            bins.spread(lower, upper, count);
            String what = "seed " + seed + ", " + count + " in " + lower + ".." + upper;
            NavigableMap<Integer, Long> read = read(bins);
            assertThat(read.values().stream().mapToLong(Long::longValue).sum())
                    .as(what)
                    .isEqualTo(count);
            assertThat(read.firstKey()).as(what).isGreaterThanOrEqualTo(SketchKeys.of(lower));
            assertThat(read.lastKey()).as(what).isLessThanOrEqualTo(SketchKeys.of(upper));
            List<Double> placed = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                placed.add(lower + (upper - lower) * (i + 0.5) / count);
            }
            long below = 0;
            for (var bin : read.entrySet()) {
                double edge = SketchKeys.value(bin.getKey());
                long expected = placed.stream().filter(value -> value < edge).count();
                double oneBin = count * 0.016 * Math.max(Math.abs(lower), Math.abs(upper)) / (upper - lower);
                assertThat((double) below)
                        .as(what + " below " + edge)
                        .isCloseTo((double) expected, within(2.5 + oneBin));
                below += bin.getValue();
            }
        }
    }

    @Test
    void boundsThatAreNoneTakeEverythingAtOnePlace() {
        SketchBins bins = new SketchBins();

        bins.spread(5, 5, 2);
        bins.spread(7, 3, 4);
        bins.spread(1, Double.POSITIVE_INFINITY, 8);
        bins.spread(Double.NEGATIVE_INFINITY, 1, 16);

        assertThat(read(bins))
                .containsEntry(SketchKeys.of(5), 2L)
                .containsEntry(SketchKeys.of(7), 4L)
                .containsEntry(SketchKeys.of(1), 24L)
                .hasSize(3);
    }

    @Test
    void thereAreNeverMoreThan4096Entries() {
        SketchBins bins = new SketchBins();
        for (int key = -3000; key <= 3000; key++) {
            bins.add(SketchKeys.value(key), 1);
        }

        List<Integer> keys = keys(bins);

        assertThat(keys).hasSize(4096);
        assertThat(keys.get(4095)).isEqualTo(3000);
        assertThat(read(bins).values().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(6001);
    }

    @Test
    void countsBeyondAllMeasureKeepTheirShares() {
        SketchBins bins = new SketchBins();
        bins.add(1, 1_000_000_000_000L);
        bins.add(100, 3_000_000_000_000L);

        NavigableMap<Integer, Long> read = read(bins);

        assertThat(keys(bins)).hasSizeLessThanOrEqualTo(4096);
        assertThat((double) read.get(SketchKeys.of(100)) / read.get(SketchKeys.of(1)))
                .isCloseTo(3, within(0.01));
    }

    private static double bound(SplittableRandom random) {
        double size = Math.exp(random.nextDouble() * 20 - 8);
        return random.nextInt(4) == 0 ? -size : size;
    }

    private static String text(SketchBins bins) {
        DynamicMessage sketch = sketch(bins);
        List<Integer> keys = DatadogProto.get(sketch, "k");
        List<Integer> counts = DatadogProto.get(sketch, "n");
        List<String> entries = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            entries.add(keys.get(i) + ":" + counts.get(i));
        }
        return String.join(" ", entries);
    }

    private static List<Integer> keys(SketchBins bins) {
        return DatadogProto.get(sketch(bins), "k");
    }

    private static NavigableMap<Integer, Long> read(SketchBins bins) {
        TreeMap<Integer, Long> read = new TreeMap<>();
        DynamicMessage sketch = sketch(bins);
        List<Integer> keys = DatadogProto.get(sketch, "k");
        List<Integer> counts = DatadogProto.get(sketch, "n");
        for (int i = 0; i < keys.size(); i++) {
            read.merge(keys.get(i), (long) counts.get(i), Long::sum);
        }
        return read;
    }

    private static DynamicMessage sketch(SketchBins bins) {
        WireBuffer dog = new WireBuffer();
        bins.write(7, 8, dog);
        byte[] payload =
                new WireBuffer().field(1, new WireBuffer().field(7, dog)).toBytes();
        List<DynamicMessage> sketches = DatadogProto.get(DatadogProto.sketchPayload(payload), "sketches");
        List<DynamicMessage> dogs = DatadogProto.get(sketches.get(0), "dogsketches");
        return dogs.get(0);
    }
}
