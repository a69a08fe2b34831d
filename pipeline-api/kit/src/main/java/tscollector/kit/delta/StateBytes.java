package tscollector.kit.delta;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.PointData;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * What is remembered, as it is stored: a format number, the time it was written, and per series its key, kind, times,
 * numbers and what it is owed. Whole numbers have as many bytes as they need, seven bits each; times are told by their distance.
 */
final class StateBytes {
    private static final int FORMAT = 1;
    private static final int IS_OWED = 0x80; // beside the kind
    private static final int MAX_SCALE = 64; // OpenTelemetry has -10 to 20

    private StateBytes() {}

    /**
     * The bytes.
     *
     * @param left series that had no room
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Written(byte[] bytes, int left) {}

    /** @param maxBytes where to stop: a store has a limit, and some series are better than none */
    static Written write(Collection<Series> all, long nowNanos, int maxBytes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(Math.min(maxBytes, 64 + 48 * all.size()));
        int stored = 0;
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            out.writeLong(nowNanos);
            for (Series series : all) {
                if (bytes.size() >= maxBytes) {
                    break;
                }
                write(out, series, nowNanos);
                stored++;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return new Written(bytes.toByteArray(), all.size() - stored);
    }

    /** @throws IOException if these are not the bytes of a state; never anything else, and never more memory than they have */
    static List<Series> read(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        int format = in.readUnsignedByte();
        if (format != FORMAT) {
            throw new IOException("unknown format " + format);
        }
        long nowNanos = in.readLong();
        List<Series> all = new ArrayList<>();
        while (in.available() > 0) {
            all.add(read(in, nowNanos));
        }
        return all;
    }

    private static void write(DataOutputStream out, Series series, long nowNanos) throws IOException {
        out.writeLong(series.key().high());
        out.writeLong(series.key().low());
        PointData owed = series instanceof ExponentialSeries ? null : series.owed();
        out.writeByte(series.kind().code() | (owed == null ? 0 : IS_OWED));
        Numbers.writeSigned(out, nowNanos - series.timeNanos());
        Numbers.writeSigned(out, series.timeNanos() - series.startNanos());
        Numbers.writeSigned(out, nowNanos - series.seenNanos());
        if (series instanceof LongSeries counter) {
            out.writeLong(counter.value());
        } else if (series instanceof DoubleSeries counter) {
            out.writeDouble(counter.value());
        } else if (series instanceof HistogramSeries histogram) {
            writeHistogram(out, histogram.sum(), histogram.counts(), histogram.bounds());
        } else if (series instanceof ExponentialSeries histogram) {
            writeExponential(out, histogram);
        }
        if (owed != null) {
            writeOwed(out, owed);
        }
    }

    private static Series read(DataInputStream in, long nowNanos) throws IOException {
        SeriesKey key = new SeriesKey(in.readLong(), in.readLong());
        int code = in.readUnsignedByte();
        SeriesKind kind = SeriesKind.ofCode(code & ~IS_OWED);
        if (kind == null) {
            throw new IOException("unknown kind " + code);
        }
        long time = nowNanos - Numbers.readSigned(in);
        long start = time - Numbers.readSigned(in);
        long seen = nowNanos - Numbers.readSigned(in);
        Series series = kind.series(key);
        if (series instanceof LongSeries counter) {
            counter.value(in.readLong());
        } else if (series instanceof DoubleSeries counter) {
            counter.value(finite(in.readDouble()));
        } else if (series instanceof HistogramSeries histogram) {
            readHistogram(in, histogram);
        } else if (series instanceof ExponentialSeries histogram) {
            readExponential(in, histogram);
        }
        series.times(time, start, seen);
        if ((code & IS_OWED) != 0) {
            readOwed(in, series);
        }
        return series;
    }

    /**
     * What was counted and nobody has. It stands beside the last value: were it taken off that, it would be lost when the server
     * begins again between two lives of this process.
     */
    private static void writeOwed(DataOutputStream out, PointData owed) throws IOException {
        out.writeLong(owed.getStartEpochNanos());
        if (owed instanceof LongPointData number) {
            out.writeLong(number.getValue());
        } else if (owed instanceof DoublePointData number) {
            out.writeDouble(number.getValue());
        } else if (owed instanceof HistogramPointData histogram) {
            writeHistogram(
                    out,
                    histogram.getSum(),
                    histogram.getCounts().stream().mapToLong(Long::longValue).toArray(),
                    histogram.getBoundaries());
        }
    }

    /** It has no time of its own, so that no point is taken for the one it came from, nor attributes. */
    private static void readOwed(DataInputStream in, Series series) throws IOException {
        long start = in.readLong();
        switch (series.kind()) {
            case LONG -> series.owe(LongPointData.create(start, 0, Attributes.empty(), notNegative(in.readLong())));
            case DOUBLE ->
                series.owe(DoublePointData.create(
                        start, 0, Attributes.empty(), notNegative(finite(in.readDouble())), List.of()));
            case HISTOGRAM -> {
                HistogramSeries owed = new HistogramSeries(series.key());
                readHistogram(in, owed);
                List<Long> counts = Arrays.stream(owed.counts()).boxed().toList();
                series.owe(HistogramPointData.create(
                        start, 0, Attributes.empty(), owed.sum(), false, 0, false, 0, owed.bounds(), counts));
            }
            case EXPONENTIAL -> throw new IOException("an exponential histogram that is owed something");
        }
    }

    private static void writeHistogram(DataOutputStream out, double sum, long[] counts, List<Double> bounds)
            throws IOException {
        out.writeDouble(sum);
        Numbers.writeAll(out, counts);
        for (double bound : bounds) {
            out.writeDouble(bound);
        }
    }

    private static void readHistogram(DataInputStream in, HistogramSeries histogram) throws IOException {
        double sum = finite(in.readDouble());
        long[] counts = Numbers.readAll(in);
        if (counts.length == 0) {
            throw new IOException("a histogram without buckets");
        }
        List<Double> bounds = new ArrayList<>();
        for (int i = 1; i < counts.length; i++) {
            bounds.add(in.readDouble());
        }
        histogram.numbers(bounds, counts, sum);
    }

    private static void writeExponential(DataOutputStream out, ExponentialSeries histogram) throws IOException {
        out.writeDouble(histogram.sum());
        Numbers.writeSigned(out, histogram.scale());
        Numbers.write(out, histogram.zeroCount());
        for (Buckets buckets : List.of(histogram.positive(), histogram.negative())) {
            Numbers.writeSigned(out, buckets.offset());
            Numbers.writeAll(out, buckets.counts());
        }
    }

    private static void readExponential(DataInputStream in, ExponentialSeries histogram) throws IOException {
        double sum = finite(in.readDouble());
        int scale = Numbers.readInt(in);
        if (Math.abs(scale) > MAX_SCALE) {
            throw new IOException("a histogram of scale " + scale);
        }
        long zeroCount = Numbers.read(in);
        Buckets positive = readBuckets(in);
        Buckets negative = readBuckets(in);
        histogram.numbers(scale, sum, zeroCount, positive, negative);
    }

    private static Buckets readBuckets(DataInputStream in) throws IOException {
        int offset = Numbers.readInt(in);
        long[] counts = Numbers.readAll(in);
        if (offset > Integer.MAX_VALUE - counts.length) {
            throw new IOException("buckets beyond the last");
        }
        return new Buckets(offset, counts);
    }

    private static <N extends Number> N notNegative(N owed) throws IOException {
        if (owed.doubleValue() < 0) {
            throw new IOException("a counter that is owed " + owed);
        }
        return owed;
    }

    private static double finite(double value) throws IOException {
        if (!Double.isFinite(value)) {
            throw new IOException("a number that is " + value);
        }
        return value;
    }
}
