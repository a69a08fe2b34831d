package tscollector.exporter.datadog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.DynamicMessage;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramBuckets;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramPointData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Which bins a histogram fills. The figures of exponential histograms are what Datadog's own mapping makes of them. */
class SketchesTest {
    @Test
    @DisplayName("R19 the outer buckets lie at the bound they have, and so does one that begins at 0")
    void bucketsWithOneBound() {
        assertThat(bins(Sketches.of(histogram(List.of(0.0, 1.0, 10.0), 2, 3, 0, 4), 1)))
                .isEqualTo("0:2 1338:3 1487:4");
        assertThat(bins(Sketches.of(histogram(List.of(-1.0, 0.0), 0, 2, 0), 1))).isEqualTo("-1338:1 -1293:1");
    }

    @Test
    @DisplayName("R19 an exponential bucket is shared out among the bins that it overlaps")
    void oneExponentialBucket() {
        DynamicMessage sketch = read(Sketches.of(exponential(0, 0, 15, buckets(0, 0, 10), buckets(0, 0)), 1));

        assertThat(bins(sketch)).isEqualTo("1341:1 1347:1 1352:1 1357:1 1362:1 1366:1 1370:1 1374:1 1378:1 1381:1");
        assertThat((double) DatadogProto.get(sketch, "min")).isCloseTo(1, within(1e-4));
        assertThat((double) DatadogProto.get(sketch, "max")).isCloseTo(2.009, within(1e-3));
    }

    @Test
    @DisplayName("R19 both sides of an exponential histogram and its zeros are made whole together")
    void bothSides() {
        assertThat(bins(Sketches.of(exponential(3, 2, 15, buckets(3, 8, 3, 0, 4), buckets(3, -2, 1, 2)), 1)))
                .isEqualTo("-1337:1 -1334:1 -1330:1 0:2 1384:1 1386:1 1387:1 1395:1 1396:1 1397:1 1399:1");
    }

    @Test
    @DisplayName("R19 a single observation lies in the middle of its exponential bucket")
    void oneObservation() {
        assertThat(bins(Sketches.of(exponential(1, 0, 15, buckets(1, 7, 1), buckets(1, 0)), 1)))
                .isEqualTo("1505:1");
        assertThat(bins(Sketches.of(exponential(1, 1, 0, buckets(1, 0), buckets(1, 0)), 1)))
                .isEqualTo("0:1");
    }

    @Test
    void whateverAnExponentialHistogramHoldsKeepsItsCountAndItsPlace() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 300; round++) {
            int scale = random.nextInt(-10, 21);
            int offset = random.nextInt(-2000, 2000);
            long[] counts = random.longs(random.nextInt(1, 160), 0, 100).toArray();
            long total = Arrays.stream(counts).sum();
            WireBuffer sketch = Sketches.of(
                    exponential(scale, 0, (double) total, buckets(scale, offset, counts), buckets(scale, 0)), 1);
            if (total == 0) {
                assertThat(sketch).isNull();
                continue;
            }
            DynamicMessage read = read(sketch);
            List<Integer> keys = DatadogProto.get(read, "k");
            List<Integer> filled = DatadogProto.get(read, "n");
            String what = "seed " + seed + ", round " + round;
            assertThat(filled.stream().mapToLong(Integer::longValue).sum())
                    .as(what)
                    .isEqualTo(total);
            double logBase = Math.scalb(Math.log(2), -scale);
            assertThat(keys.get(0)).as(what).isGreaterThanOrEqualTo(SketchKeys.of(Math.exp(offset * logBase)) - 1);
            assertThat(keys.get(keys.size() - 1))
                    .as(what)
                    .isLessThanOrEqualTo(SketchKeys.of(Math.exp((offset + counts.length) * logBase)) + 1);
        }
    }

    private static HistogramPointData histogram(List<Double> bounds, long... counts) {
        List<Long> list = Arrays.stream(counts).boxed().toList();
        return HistogramPointData.create(0, 1, Attributes.empty(), 1, false, 0, false, 0, bounds, list);
    }

    private static ExponentialHistogramBuckets buckets(int scale, int offset, long... counts) {
        return ExponentialHistogramBuckets.create(
                scale, offset, Arrays.stream(counts).boxed().toList());
    }

    private static ExponentialHistogramPointData exponential(
            int scale,
            long zeros,
            double sum,
            ExponentialHistogramBuckets positive,
            ExponentialHistogramBuckets negative) {
        return ExponentialHistogramPointData.create(
                scale, sum, zeros, false, 0, false, 0, positive, negative, 0, 1, Attributes.empty(), List.of());
    }

    private static DynamicMessage read(WireBuffer sketch) {
        byte[] payload = new WireBuffer()
                .field(1, new WireBuffer().field(7, Objects.requireNonNull(sketch)))
                .toBytes();
        List<DynamicMessage> sketches = DatadogProto.get(DatadogProto.sketchPayload(payload), "sketches");
        List<DynamicMessage> dogs = DatadogProto.get(sketches.get(0), "dogsketches");
        return dogs.get(0);
    }

    private static String bins(WireBuffer sketch) {
        return bins(read(sketch));
    }

    private static String bins(DynamicMessage sketch) {
        List<Integer> keys = DatadogProto.get(sketch, "k");
        List<Integer> counts = DatadogProto.get(sketch, "n");
        List<String> entries = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            entries.add(keys.get(i) + ":" + counts.get(i));
        }
        return String.join(" ", entries);
    }
}
