package tscollector.testkit.datadog;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads one protobuf message field by field. Strict: a field of another wire type than the caller expects is refused. */
final class Proto {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;

    private final ByteBuffer bytes;
    private int field;
    private int wireType;

    Proto(byte[] message) {
        this(ByteBuffer.wrap(message));
    }

    private Proto(ByteBuffer bytes) {
        this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Moves to the next field; false at the end. The value must then be read. */
    boolean next() throws Refusal {
        if (!bytes.hasRemaining()) {
            return false;
        }
        long tag = rawVarint();
        field = (int) (tag >>> 3);
        wireType = (int) (tag & 7);
        return true;
    }

    int field() {
        return field;
    }

    long varint() throws Refusal {
        expect(VARINT);
        return rawVarint();
    }

    double number() throws Refusal {
        expect(FIXED64);
        Refusal.unless(bytes.remaining() >= Double.BYTES, "protobuf is cut");
        return bytes.getDouble();
    }

    String text() throws Refusal {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(slice()).toString();
        } catch (CharacterCodingException e) {
            throw Refusal.bad("protobuf text of field " + field + " is no UTF-8");
        }
    }

    Proto message() throws Refusal {
        return new Proto(slice());
    }

    /** Packed varints. */
    List<Long> varints() throws Refusal {
        Proto packed = message();
        List<Long> numbers = new ArrayList<>();
        while (packed.bytes.hasRemaining()) {
            numbers.add(packed.rawVarint());
        }
        return numbers;
    }

    static int zigzag(long varint) {
        return (int) ((varint >>> 1) ^ -(varint & 1));
    }

    Refusal unknown(String message) {
        return Refusal.bad(message + " has no field " + field);
    }

    private ByteBuffer slice() throws Refusal {
        expect(BYTES);
        long length = rawVarint();
        Refusal.unless(length >= 0 && length <= bytes.remaining(), "protobuf is cut");
        ByteBuffer slice = bytes.slice(bytes.position(), (int) length);
        bytes.position(bytes.position() + (int) length);
        return slice;
    }

    private void expect(int type) throws Refusal {
        Refusal.unless(wireType == type, "protobuf field " + field + " has wire type " + wireType + ", not " + type);
    }

    private long rawVarint() throws Refusal {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            Refusal.unless(bytes.hasRemaining(), "protobuf is cut");
            byte next = bytes.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw Refusal.bad("protobuf has a varint without end");
    }
}
