package tscollector.exporter.datadog;

import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tscollector.datadog.IntakeTimes;
import tscollector.kit.delivery.Progress;

/**
 * Points for series v2, a slot for each series and interval. Of one series and second the intake keeps what was written last, so there
 * is one point of each: counts are added up, of gauges the last stays. Rates are counts until they are written.
 *
 * <p>Points stand in columns, those of one series linked in the order they came: nothing is allocated for a single point.
 */
final class SeriesCargo implements Cargo {
    /** A series with more points has several slots: a slot must fit into a request. */
    private static final int MOST_POINTS = 1000;

    private final SeriesFormat format;
    private final Duration maxAge;

    private Series[] series;
    private int[] firstPoint;
    private int[] lastPoint;
    private int[] pointCount;
    private long[] newestSecond;
    private long[] interval; // 0: none is told
    private int[] olderSlot; // of the same series; -1 if there is none
    private int slots;
    private int[] index; // newest slot + 1 by hash of the series, 0 where there is none; the size is a power of 2

    private long[] seconds;
    private double[] values;
    private int[] items; // of the batch; 0: not to be sent any more
    private int[] next; // -1 at the end
    private int points;

    SeriesCargo(SeriesFormat format, Duration maxAge, int expectedPoints) {
        this.format = format;
        this.maxAge = maxAge;
        int size = Math.max(8, expectedPoints);
        series = new Series[size];
        firstPoint = new int[size];
        lastPoint = new int[size];
        pointCount = new int[size];
        newestSecond = new long[size];
        interval = new long[size];
        olderSlot = new int[size];
        index = new int[Integer.highestOneBit(size) * 4];
        seconds = new long[size];
        values = new double[size];
        items = new int[size];
        next = new int[size];
    }

    /**
     * Adds a point of one item of the batch.
     *
     * @param seconds in which it was counted; 0 if it tells none
     * @param value of a rate, what was counted
     */
    void add(Series of, long seconds, long second, double value) {
        if (slots * 2 >= index.length) {
            rehash();
        }
        int place = place(of);
        int newest = index[place] - 1;
        int same = pointOf(newest, second);
        if (same >= 0) {
            values[same] = of.type() == SeriesFormat.GAUGE ? value : Math.min(values[same] + value, Double.MAX_VALUE);
            items[same]++;
            return;
        }
        int slot = roomOf(newest, seconds);
        if (slot < 0) {
            slot = newSlot(of, seconds, newest);
            index[place] = slot + 1;
        }
        append(slot, second, value, 1);
    }

    @Override
    public String contentType() {
        return format.contentType();
    }

    @Override
    public int slots() {
        return slots;
    }

    @Override
    public long items(int slot) {
        long all = 0;
        for (int point = firstPoint[slot]; point >= 0; point = next[point]) {
            all += items[point];
        }
        return all;
    }

    @Override
    public int points(int slot) {
        int alive = 0;
        for (int point = firstPoint[slot]; point >= 0; point = next[point]) {
            alive += items[point] > 0 ? 1 : 0;
        }
        return alive;
    }

    @Override
    public void open(WireBuffer out) {
        format.open(out);
    }

    @Override
    public void write(boolean isFirst, int slot, WireBuffer out) {
        int pointBytes = 0;
        for (int point = firstPoint[slot]; point >= 0; point = next[point]) {
            pointBytes += items[point] > 0 ? format.pointBytes(seconds[point]) : 0;
        }
        long over = interval[slot];
        int type = series[slot].type();
        boolean isRate = type == SeriesFormat.RATE && over > 0;
        format.begin(
                isFirst,
                series[slot].head(),
                type == SeriesFormat.RATE && over == 0 ? SeriesFormat.COUNT : type,
                over,
                pointBytes,
                out);
        boolean isFirstPoint = true;
        for (int point = firstPoint[slot]; point >= 0; point = next[point]) {
            if (items[point] > 0) {
                format.point(isFirstPoint, seconds[point], isRate ? values[point] / over : values[point], out);
                isFirstPoint = false;
            }
        }
        format.end(out);
    }

    @Override
    public void close(WireBuffer out) {
        format.close(out);
    }

    @Override
    public void sortOut(int fromSlot, long nowEpochNanos, Progress progress) {
        IntakeTimes window = IntakeTimes.around(nowEpochNanos, maxAge);
        for (int slot = fromSlot; slot < slots; slot++) {
            for (int point = firstPoint[slot]; point >= 0; point = next[point]) {
                String objection = items[point] == 0 ? null : window.objection(seconds[point]);
                if (objection != null) {
                    progress.dropped(objection, items[point]);
                    items[point] = 0;
                }
            }
        }
    }

    @Override
    public @Nullable Cargo apart(int slot) {
        if (points(slot) < 2) {
            return null;
        }
        SeriesCargo single = new SeriesCargo(format, maxAge, pointCount[slot]);
        for (int point = firstPoint[slot]; point >= 0; point = next[point]) {
            if (items[point] > 0) {
                single.append(
                        single.newSlot(series[slot], interval[slot], -1), seconds[point], values[point], items[point]);
            }
        }
        return single;
    }

    @Override
    public void outcomeUnknown(int from, int to) {
        // a point that is written twice is there once
    }

    /** The slot for another point, from {@code newest} on; -1 if there is none. */
    private int roomOf(int newest, long over) {
        int slot = newest;
        while (slot >= 0 && (interval[slot] != over || pointCount[slot] == MOST_POINTS)) {
            slot = olderSlot[slot];
        }
        return slot;
    }

    /** The point of this second in any slot of the series; -1 if there is none. */
    private int pointOf(int newest, long second) {
        int point = -1;
        for (int slot = newest; slot >= 0 && point < 0; slot = olderSlot[slot]) {
            point = pointAt(slot, second);
        }
        return point;
    }

    /** Where the series stands in the index, or could. The catalog gives one instance of each. */
    @SuppressWarnings("ReferenceEquality")
    private int place(Series wanted) {
        int mask = index.length - 1;
        int place = ((wanted.hashCode() * 0x9E3779B9) >>> 8) & mask;
        while (index[place] != 0 && series[index[place] - 1] != wanted) {
            place = (place + 1) & mask;
        }
        return place;
    }

    private void rehash() {
        index = new int[index.length * 2];
        for (int slot = 0; slot < slots; slot++) {
            index[place(series[slot])] = slot + 1; // of several slots of one series the last
        }
    }

    private int newSlot(Series of, long over, int older) {
        if (slots == series.length) {
            int size = slots * 2;
            series = Arrays.copyOf(series, size);
            firstPoint = Arrays.copyOf(firstPoint, size);
            lastPoint = Arrays.copyOf(lastPoint, size);
            pointCount = Arrays.copyOf(pointCount, size);
            newestSecond = Arrays.copyOf(newestSecond, size);
            interval = Arrays.copyOf(interval, size);
            olderSlot = Arrays.copyOf(olderSlot, size);
        }
        series[slots] = of;
        firstPoint[slots] = -1;
        lastPoint[slots] = -1;
        newestSecond[slots] = Long.MIN_VALUE;
        interval[slots] = over;
        olderSlot[slots] = older;
        return slots++;
    }

    /** The point of this second; -1 if there is none. Points mostly come in order, then one look says it. */
    private int pointAt(int slot, long second) {
        if (newestSecond[slot] < second) {
            return -1;
        }
        for (int point = firstPoint[slot]; point >= 0; point = next[point]) {
            if (seconds[point] == second) {
                return point;
            }
        }
        return -1;
    }

    private void append(int slot, long second, double value, int itemCount) {
        if (points == seconds.length) {
            int size = points * 2;
            seconds = Arrays.copyOf(seconds, size);
            values = Arrays.copyOf(values, size);
            items = Arrays.copyOf(items, size);
            next = Arrays.copyOf(next, size);
        }
        seconds[points] = second;
        values[points] = value;
        items[points] = itemCount;
        next[points] = -1;
        if (lastPoint[slot] < 0) {
            firstPoint[slot] = points;
        } else {
            next[lastPoint[slot]] = points;
        }
        lastPoint[slot] = points;
        pointCount[slot]++;
        newestSecond[slot] = Math.max(newestSecond[slot], second);
        points++;
    }
}
