package tscollector.kit.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The content encodings of HTTP, gzip and deflate. A body is decoded twice: first only counted, in a small buffer, so that a
 * bomb costs no memory; then into an array of the right size. Servers that compress are rare here and their pages small.
 */
enum ContentDecoding {
    GZIP,
    DEFLATE;

    private static final int STEP_BYTES = 8 << 10;

    /**
     * The decoding for a {@code content-encoding}, or null if there is none to be done.
     *
     * @throws IOException if it is not one of ours, or several on top of each other
     */
    static @Nullable ContentDecoding of(@Nullable String contentEncoding) throws IOException {
        if (contentEncoding == null) {
            return null;
        }
        return switch (contentEncoding.strip().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> null;
            case "gzip", "x-gzip" -> GZIP;
            case "deflate" -> DEFLATE;
            default -> throw new IOException("the content encoding is neither gzip nor deflate");
        };
    }

    /**
     * The size after decoding, or {@code limit + 1} if it is larger than {@code limit}.
     *
     * @throws IOException if the body is not what it says it is, or is cut
     */
    long measure(byte[] encoded, long limit) throws IOException {
        byte[] step = new byte[STEP_BYTES];
        long size = 0;
        try (InputStream in = open(encoded)) {
            for (int count = in.read(step); count >= 0; count = in.read(step)) {
                size += count;
                if (size > limit) {
                    return limit + 1;
                }
            }
        }
        return size;
    }

    /** The decoded bytes; {@code size} as measured before. */
    byte[] decode(byte[] encoded, int size) throws IOException {
        try (InputStream in = open(encoded)) {
            return in.readNBytes(size);
        }
    }

    private InputStream open(byte[] encoded) throws IOException {
        InputStream in = new ByteArrayInputStream(encoded);
        return this == GZIP ? new GZIPInputStream(in, STEP_BYTES) : new Inflating(in, new Inflater(isRaw(encoded)));
    }

    /** "deflate" means zlib (RFC 9110 8.4.1.2), but some servers leave its two bytes of header out. */
    private static boolean isRaw(byte[] encoded) {
        if (encoded.length < 2) {
            return true;
        }
        int method = encoded[0] & 0x0f;
        int header = (encoded[0] & 0xff) << 8 | (encoded[1] & 0xff);
        return method != 8 || header % 31 != 0;
    }

    /** The JDK's stream leaves an inflater that it did not make to its owner. */
    private static final class Inflating extends InflaterInputStream {
        Inflating(InputStream in, Inflater inflater) {
            super(in, inflater, STEP_BYTES);
        }

        @Override
        public void close() throws IOException {
            super.close();
            inf.end();
        }
    }
}
