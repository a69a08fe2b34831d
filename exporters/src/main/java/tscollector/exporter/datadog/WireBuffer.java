package tscollector.exporter.datadog;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes of a request in work: protobuf's wire format and plain text. Grows as needed, can be cut back, and is used again for the
 * next request. Not thread-safe.
 */
final class WireBuffer {
    private static final int FIRST_SIZE = 16 * 1024;

    private byte[] bytes;
    private int size;

    WireBuffer() {
        this(FIRST_SIZE);
    }

    WireBuffer(int firstSize) {
        bytes = new byte[firstSize];
    }

    int size() {
        return size;
    }

    /** Bytes of memory it holds. */
    int capacity() {
        return bytes.length;
    }

    /** Forgets what stands behind {@code newSize}. */
    void cut(int newSize) {
        size = Math.min(size, newSize);
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    WireBuffer add(byte[] more) {
        room(more.length);
        System.arraycopy(more, 0, bytes, size, more.length);
        size += more.length;
        return this;
    }

    WireBuffer add(WireBuffer more) {
        room(more.size);
        System.arraycopy(more.bytes, 0, bytes, size, more.size);
        size += more.size;
        return this;
    }

    WireBuffer add(int oneByte) {
        room(1);
        bytes[size++] = (byte) oneByte;
        return this;
    }

    /** Text in UTF-8; an unpaired surrogate becomes a question mark. */
    WireBuffer text(String text) {
        return add(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Text whose characters are all below 128. */
    WireBuffer ascii(String text) {
        int length = text.length();
        room(length);
        for (int i = 0; i < length; i++) {
            bytes[size + i] = (byte) text.charAt(i);
        }
        size += length;
        return this;
    }

    /** A whole number in decimal digits. */
    WireBuffer decimal(long number) {
        if (number < 0) {
            return ascii(Long.toString(number));
        }
        int digits = 1;
        for (long rest = number / 10; rest != 0; rest /= 10) {
            digits++;
        }
        room(digits);
        long rest = number;
        for (int i = size + digits - 1; i >= size; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        size += digits;
        return this;
    }

    /** A number as JSON writes it; whole ones without a point. */
    WireBuffer jsonNumber(double value) {
        long whole = (long) value;
        boolean exact = whole == value && Math.abs(whole) < 1L << 53 && !(whole == 0 && 1 / value < 0);
        return exact ? decimal(whole) : ascii(Double.toString(value));
    }

    /** A JSON string with its quotes. */
    WireBuffer jsonText(String text) {
        add('"');
        int plainFrom = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c != '"' && c != '\\') {
                continue;
            }
            text(text.substring(plainFrom, i));
            plainFrom = i + 1;
            if (c == '"' || c == '\\') {
                add('\\').add(c);
            } else {
                ascii(String.format("\\u%04x", (int) c));
            }
        }
        return text(text.substring(plainFrom)).add('"');
    }

    WireBuffer varint(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[size++] = (byte) ((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
        return this;
    }

    /** Eight bytes, the lowest first. */
    WireBuffer fixed64(long value) {
        room(8);
        for (int i = 0; i < 8; i++) {
            bytes[size++] = (byte) (value >>> (8 * i));
        }
        return this;
    }

    /** A protobuf field with a whole number. */
    WireBuffer number(int field, long value) {
        return varint((long) field << 3).varint(value);
    }

    /** A protobuf field with a floating point number. */
    WireBuffer real(int field, double value) {
        return varint(((long) field << 3) | 1).fixed64(Double.doubleToRawLongBits(value));
    }

    /** A protobuf field with bytes, text or a message. */
    WireBuffer field(int field, byte[] content) {
        return varint(((long) field << 3) | 2).varint(content.length).add(content);
    }

    /** A protobuf field with a message. */
    WireBuffer field(int field, WireBuffer content) {
        return varint(((long) field << 3) | 2).varint(content.size).add(content);
    }

    /** A protobuf field with text. */
    WireBuffer field(int field, String text) {
        return field(field, text.getBytes(StandardCharsets.UTF_8));
    }

    /** How many bytes {@link #varint} takes. */
    static int varintSize(long value) {
        return Math.max(1, (70 - Long.numberOfLeadingZeros(value)) / 7);
    }

    private void room(int more) {
        if (more > bytes.length - size) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
