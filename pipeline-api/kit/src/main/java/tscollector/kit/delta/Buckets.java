package tscollector.kit.delta;

import io.opentelemetry.sdk.metrics.data.ExponentialHistogramBuckets;
import java.util.ArrayList;
import java.util.List;

/**
 * The buckets on one side of an exponential histogram: bucket {@code i} of scale {@code s} ends at {@code 2^((i+1)/2^s)}.
 *
 * @param offset the index of the first
 * @param counts never changed once this is made
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Buckets(int offset, long[] counts) {
    static final Buckets NONE = new Buckets(0, new long[0]);

    static Buckets of(ExponentialHistogramBuckets buckets) {
        return new Buckets(buckets.getOffset(), copy(buckets.getBucketCounts(), NONE.counts));
    }

    /** The same numbers in wider buckets: {@code steps} times half the resolution. */
    Buckets coarser(int steps) {
        if (steps == 0 || counts.length == 0) {
            return this;
        }
        int shift = Math.min(steps, Integer.SIZE - 1);
        int first = offset >> shift;
        long[] wider = new long[((offset + counts.length - 1) >> shift) - first + 1];
        for (int i = 0; i < counts.length; i++) {
            wider[((offset + i) >> shift) - first] += counts[i];
        }
        return new Buckets(first, wider);
    }

    /** Whether each bucket of {@code next}, which has the same scale, has at least what it has here. */
    boolean canBecome(ExponentialHistogramBuckets next) {
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > count(next, offset + i)) {
                return false;
            }
        }
        return true;
    }

    /** {@code next}, which has the same scale, less these. */
    ExponentialHistogramBuckets subtractFrom(ExponentialHistogramBuckets next) {
        List<Long> differences = new ArrayList<>(next.getBucketCounts());
        for (int i = 0; i < counts.length; i++) {
            int position = offset + i - next.getOffset();
            if (position >= 0 && position < differences.size()) {
                differences.set(position, differences.get(position) - counts[i]);
            }
        }
        return ExponentialHistogramBuckets.create(next.getScale(), next.getOffset(), differences);
    }

    /** These and {@code others}, which have the same scale. */
    ExponentialHistogramBuckets plus(ExponentialHistogramBuckets others) {
        if (counts.length == 0) {
            return others;
        }
        boolean isAlone = others.getBucketCounts().isEmpty();
        int first = isAlone ? offset : Math.min(offset, others.getOffset());
        int end = offset + counts.length;
        end = isAlone
                ? end
                : Math.max(end, others.getOffset() + others.getBucketCounts().size());
        List<Long> sums = new ArrayList<>(end - first);
        for (int index = first; index < end; index++) {
            int ours = index - offset;
            sums.add((ours < 0 || ours >= counts.length ? 0 : counts[ours]) + count(others, index));
        }
        return ExponentialHistogramBuckets.create(others.getScale(), first, sums);
    }

    private static long count(ExponentialHistogramBuckets buckets, int index) {
        int position = index - buckets.getOffset();
        return position < 0 || position >= buckets.getBucketCounts().size()
                ? 0
                : buckets.getBucketCounts().get(position);
    }

    static boolean hasNegative(List<Long> counts) {
        for (long count : counts) {
            if (count < 0) {
                return true;
            }
        }
        return false;
    }

    /** The numbers, in {@code into} if that has the right length. */
    static long[] copy(List<Long> counts, long[] into) {
        long[] copy = into.length == counts.size() ? into : new long[counts.size()];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = counts.get(i);
        }
        return copy;
    }
}
