package tscollector.exporter.otlp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Walks over the fields of one protobuf message; just enough for the few small messages that backends answer with. Bounded by
 * the bytes it is given: it makes no copies and does not recurse. Not thread-safe.
 */
final class ProtoReader {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;

    private final byte[] bytes;
    private final int end;
    private int position;
    private int field;
    private int wireType;
    private long number;
    private int start;
    private int length;

    ProtoReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    private ProtoReader(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.position = start;
        this.end = end;
    }

    /**
     * Goes to the next field; false at the end.
     *
     * @throws IOException if these bytes are no protobuf message
     */
    boolean next() throws IOException {
        if (position == end) {
            return false;
        }
        long tag = varint();
        field = (int) (tag >>> 3);
        wireType = (int) (tag & 7);
        if (field <= 0 || tag >>> 3 > 0x1fffffff) {
            throw new IOException("not protobuf: field " + (tag >>> 3));
        }
        switch (wireType) {
            case VARINT -> number = varint();
            case FIXED64 -> skip(8);
            case FIXED32 -> skip(4);
            case BYTES -> {
                long size = varint();
                if (size < 0 || size > end - position) {
                    throw new IOException("not protobuf: a field is longer than the message");
                }
                skip((int) size);
            }
            default -> throw new IOException("not protobuf: wire type " + wireType);
        }
        return true;
    }

    /** Whether this is the number field {@code wanted}. */
    boolean isNumber(int wanted) {
        return field == wanted && wireType == VARINT;
    }

    /** Whether this is the text or message field {@code wanted}. */
    boolean isBytes(int wanted) {
        return field == wanted && wireType == BYTES;
    }

    long number() {
        return number;
    }

    ProtoReader message() {
        return new ProtoReader(bytes, start, start + length);
    }

    String text() {
        return new String(bytes, start, length, StandardCharsets.UTF_8);
    }

    private void skip(int size) throws IOException {
        if (size > end - position) {
            throw new IOException("not protobuf: cut off");
        }
        start = position;
        length = size;
        position += size;
    }

    private long varint() throws IOException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (position == end) {
                throw new IOException("not protobuf: cut off");
            }
            byte next = bytes[position++];
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IOException("not protobuf: a number is too long");
    }
}
