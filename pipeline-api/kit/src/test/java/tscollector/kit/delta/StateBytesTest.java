package tscollector.kit.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StateBytesTest {
    private static final long NOW = Scrapes.at(100);

    private static List<Series> random(SplittableRandom random, int count) {
        List<Series> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            SeriesKey key = new SeriesKey(random.nextLong(), random.nextLong());
            Series series = List.of(SeriesKind.values()).get(random.nextInt(4)).series(key);
            if (series instanceof LongSeries counter) {
                counter.value(random.nextLong() & Long.MAX_VALUE);
            } else if (series instanceof DoubleSeries counter) {
                counter.value(random.nextDouble() * 1e12);
            } else if (series instanceof HistogramSeries histogram) {
                long[] counts = counts(random, 1 + random.nextInt(20));
                List<Double> bounds = new ArrayList<>();
                for (int bound = 1; bound < counts.length; bound++) {
                    bounds.add(bound * 0.1);
                }
                histogram.numbers(bounds, counts, random.nextDouble());
            } else if (series instanceof ExponentialSeries histogram) {
                histogram.numbers(
                        random.nextInt(-10, 21),
                        -random.nextDouble(),
                        random.nextInt(9),
                        buckets(random),
                        buckets(random));
            }
            if (random.nextBoolean()) {
                owe(series, random);
            }
            long time = NOW - random.nextLong(1L << 50);
            series.times(time, random.nextInt(4) == 0 ? 0 : time - random.nextLong(1L << 50), NOW - random.nextInt());
            all.add(series);
        }
        return all;
    }

    /** As it is read: without a time and attributes of its own. */
    private static void owe(Series series, SplittableRandom random) {
        long start = random.nextLong(1L << 50);
        switch (series.kind()) {
            case LONG -> series.owe(LongPointData.create(start, 0, Attributes.empty(), random.nextLong(1L << 60)));
            case DOUBLE ->
                series.owe(DoublePointData.create(start, 0, Attributes.empty(), random.nextDouble(), List.of()));
            case HISTOGRAM ->
                series.owe(HistogramPointData.create(
                        start,
                        0,
                        Attributes.empty(),
                        random.nextDouble(),
                        false,
                        0,
                        false,
                        0,
                        List.of(0.5),
                        List.of(random.nextLong(1L << 60), 3L)));
            case EXPONENTIAL -> {} // is not stored
        }
    }

    private static long[] counts(SplittableRandom random, int length) {
        return random.longs(length, 0, Long.MAX_VALUE).toArray();
    }

    private static Buckets buckets(SplittableRandom random) {
        return new Buckets(random.nextInt(-1000, 1000), counts(random, random.nextInt(10)));
    }

    private static byte[] write(List<Series> all) {
        return StateBytes.write(all, NOW, Integer.MAX_VALUE).bytes();
    }

    @Test
    void whatIsWrittenIsReadAgain() throws Exception {
        long seed = new SplittableRandom().nextLong();
        List<Series> all = random(new SplittableRandom(seed), 200);

        List<Series> read = StateBytes.read(write(all));

        assertThat(read)
                .as("seed %d", seed)
                .usingRecursiveComparison()
                .isEqualTo(all.stream().toList());
    }

    @Test
    void aCounterTakesFewBytes() {
        DoubleSeries counter = new DoubleSeries(new SeriesKey(1, 2));
        counter.value(123);
        counter.times(NOW - 1_000_000_000L, NOW - 3_600_000_000_000L, NOW - 1_000_000_000L);

        assertThat(write(List.of(counter)).length - 9).isLessThanOrEqualTo(42);
    }

    @Test
    void noPrefixIsTakenForTheWhole() {
        byte[] bytes = write(random(new SplittableRandom(7), 1));
        for (int length = 10; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> StateBytes.read(cut)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void anotherFormatIsRefused() {
        byte[] bytes = write(List.of());
        bytes[0] = 2;

        assertThatThrownBy(() -> StateBytes.read(bytes))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("2");
    }

    @Test
    void whatDoesNotFitIsLeftOutAndTold() throws Exception {
        List<Series> all = random(new SplittableRandom(7), 1000);

        StateBytes.Written written = StateBytes.write(all, NOW, 10_000);

        assertThat(written.bytes().length).isBetween(10_000, 11_000);
        assertThat(StateBytes.read(written.bytes())).hasSize(1000 - written.left());
        assertThat(written.left()).isPositive();
    }
}
