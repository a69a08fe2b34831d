package tscollector.testkit.datadog;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes protobuf, for tests of what reads it. */
final class ProtoBytes {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    ProtoBytes varint(int field, long value) {
        raw((long) field << 3);
        return raw(value);
    }

    ProtoBytes number(int field, double value) {
        raw(((long) field << 3) | 1);
        long bits = Double.doubleToRawLongBits(value);
        for (int i = 0; i < Long.BYTES; i++) {
            bytes.write((int) (bits >>> (8 * i)));
        }
        return this;
    }

    ProtoBytes text(int field, String value) {
        return block(field, value.getBytes(StandardCharsets.UTF_8));
    }

    ProtoBytes message(int field, ProtoBytes value) {
        return block(field, value.toByteArray());
    }

    ProtoBytes packed(int field, long... values) {
        ProtoBytes packed = new ProtoBytes();
        for (long value : values) {
            packed.raw(value);
        }
        return message(field, packed);
    }

    byte[] toByteArray() {
        return bytes.toByteArray();
    }

    private ProtoBytes block(int field, byte[] value) {
        raw(((long) field << 3) | 2);
        raw(value.length);
        bytes.writeBytes(value);
        return this;
    }

    private ProtoBytes raw(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes.write((int) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        bytes.write((int) rest);
        return this;
    }
}
