package tscollector.kit.http;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** A body as it comes in: one array that grows, never beyond a limit. One thread at a time. */
final class BodyBuffer {
    private static final int FIRST_BYTES = 16 << 10;
    /** How much faster than what has come an array may grow because the server promises more: promises can be lies. */
    private static final int TRUST = 4;

    private final long limit;
    private final long declared;
    private byte[] bytes = new byte[0];
    private int size;

    /**
     * An empty one.
     *
     * @param declared the length that the server announced; negative if it did not
     */
    BodyBuffer(long limit, long declared) {
        this.limit = limit;
        this.declared = declared;
    }

    /** The next capacity worth having: enough for what is announced, or twice the present one. One more than the limit at most. */
    int nextCapacity() {
        long most = limit + 1;
        long next = Math.max(FIRST_BYTES, 2L * bytes.length);
        if (declared >= 0) {
            next = Math.min(Math.max(declared, size), Math.max(FIRST_BYTES, (long) TRUST * bytes.length));
        }
        return (int) Math.min(Math.min(next, most), Integer.MAX_VALUE - 16);
    }

    void growTo(int capacity) {
        if (capacity > bytes.length) {
            bytes = Arrays.copyOf(bytes, capacity);
        }
    }

    int capacity() {
        return bytes.length;
    }

    int room() {
        return bytes.length - size;
    }

    /** Whether what has come is within the limit. */
    boolean append(ByteBuffer source) {
        int count = source.remaining();
        if (size + (long) count > limit) {
            return false;
        }
        if (count > room()) {
            growTo(Math.max(size + count, Math.min(nextCapacity(), FIRST_BYTES)));
        }
        source.get(bytes, size, count);
        size += count;
        return true;
    }

    int size() {
        return size;
    }

    void clear() {
        bytes = new byte[0];
        size = 0;
    }

    /** The bytes without the unused rest; this becomes empty. */
    byte[] take() {
        byte[] all = size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
        clear();
        return all;
    }
}
