package tscollector.kit.delta;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** Whole numbers in as many bytes as they need: seven bits each, the lowest first, and a bit that says that more follow. */
final class Numbers {
    private static final int MAX_BYTES = 9;

    private Numbers() {}

    /** @param number not negative */
    static void write(DataOutputStream out, long number) throws IOException {
        long left = number;
        while (left > 0x7f) {
            out.writeByte((int) (left & 0x7f) | 0x80);
            left >>>= 7;
        }
        out.writeByte((int) left);
    }

    static long read(DataInputStream in) throws IOException {
        long number = 0;
        for (int i = 0; i < MAX_BYTES; i++) {
            int next = in.readUnsignedByte();
            number |= (long) (next & 0x7f) << (7 * i);
            if (next <= 0x7f) {
                return number;
            }
        }
        throw new IOException("a number of more than 63 bits");
    }

    /** The sign goes into the lowest bit; numbers of more than 62 bits are cut down to that: there are no such times. */
    static void writeSigned(DataOutputStream out, long number) throws IOException {
        long magnitude = Math.min(Math.abs(Math.max(number, -Long.MAX_VALUE)), Long.MAX_VALUE >> 1);
        write(out, magnitude << 1 | (number < 0 ? 1 : 0));
    }

    static long readSigned(DataInputStream in) throws IOException {
        long number = read(in);
        return (number & 1) == 0 ? number >> 1 : -(number >> 1);
    }

    static int readInt(DataInputStream in) throws IOException {
        long number = readSigned(in);
        if (number != (int) number) {
            throw new IOException("a number of more than 32 bits");
        }
        return (int) number;
    }

    static void writeAll(DataOutputStream out, long[] numbers) throws IOException {
        write(out, numbers.length);
        for (long number : numbers) {
            write(out, number);
        }
    }

    static long[] readAll(DataInputStream in) throws IOException {
        long length = read(in);
        if (length > in.available()) {
            throw new IOException(length + " numbers where " + in.available() + " bytes are left");
        }
        long[] numbers = new long[(int) length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = read(in);
        }
        return numbers;
    }
}
