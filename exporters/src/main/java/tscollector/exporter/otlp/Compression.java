package tscollector.exporter.otlp;

import io.opentelemetry.sdk.common.export.MessageWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;
import okio.Buffer;
import org.jspecify.annotations.Nullable;
import tscollector.component.StartException;
import tscollector.kit.compress.Zstd;

/** How requests are compressed. */
enum Compression {
    GZIP("gzip"),
    /** Only with an optional library, see {@link Zstd}. */
    ZSTD("zstd"),
    NONE(null);

    private static final int BUFFER = 8192;

    private final @Nullable String coding;

    Compression(@Nullable String coding) {
        this.coding = coding;
    }

    /** For {@code Content-Encoding} and {@code grpc-encoding}; null if the message goes as it is. */
    @Nullable
    String coding() {
        return coding;
    }

    /** @throws StartException if its library is not on the class path */
    void require() throws StartException {
        if (this == ZSTD) {
            Zstd.require();
        }
    }

    /** The message as it is sent. */
    Buffer bytes(MessageWriter message) throws IOException {
        Buffer bytes = new Buffer();
        if (this == ZSTD) {
            ByteArrayOutputStream plain = new ByteArrayOutputStream(Math.max(message.getContentLength(), 32));
            message.writeMessage(plain);
            return bytes.write(Zstd.compress(plain.toByteArray()));
        }
        OutputStream out = bytes.outputStream();
        try (OutputStream compressing = this == GZIP ? new GZIPOutputStream(out, BUFFER) : out) {
            message.writeMessage(compressing);
        }
        return bytes;
    }
}
