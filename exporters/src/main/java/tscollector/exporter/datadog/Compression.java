package tscollector.exporter.datadog;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import tscollector.kit.compress.Zstd;

/** How bodies are compressed. */
enum Compression {
    GZIP("gzip"),
    /** Datadog means the zlib format by this word, as RFC 9110 does, not the bare deflate stream. */
    DEFLATE("deflate"),
    /** Only with the optional library, see {@link Zstd}, and only where Datadog's own shippers use it. */
    ZSTD("zstd"),
    NONE("");

    private static final int BUFFER = 8192;

    private final String coding;

    Compression(String coding) {
        this.coding = coding;
    }

    /** What is used at this route. */
    Compression at(Route route) {
        return this == ZSTD && route == Route.EVENTS ? GZIP : this;
    }

    /** The body of a request. */
    Payload payload(String contentType, byte[] plain) {
        return this == NONE
                ? Payload.plain(contentType, plain)
                : new Payload(contentType, coding, compress(plain), plain.length);
    }

    private byte[] compress(byte[] plain) {
        if (this == ZSTD) {
            return Zstd.compress(plain);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(plain.length / 4 + 64);
        try (OutputStream out = this == GZIP ? new GZIPOutputStream(bytes, BUFFER) : new DeflaterOutputStream(bytes)) {
            out.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }
}
