package tscollector.testkit.datadog;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/** Takes the coding off a body, within limits. */
final class Body {
    private Body() {}

    /**
     * The body behind its {@code Content-Encoding}.
     *
     * @param codings those that are taken here beside gzip, deflate and none
     */
    static byte[] decoded(IntakeRequest request, int wireLimit, int plainLimit, Set<String> codings) throws Refusal {
        byte[] body = request.body();
        if (body.length > wireLimit) {
            throw new Refusal(413, "the body has " + body.length + " bytes, more than " + wireLimit);
        }
        byte[] plain;
        try (InputStream in = decoder(request, codings, body)) {
            plain = in.readNBytes(plainLimit + 1);
            Refusal.unless(in.read() < 0 || plain.length > plainLimit, "the body goes on after its end");
        } catch (IOException e) {
            throw Refusal.bad("the body is not " + request.header("content-encoding") + ": " + e.getMessage());
        }
        if (plain.length > plainLimit) {
            throw new Refusal(413, "the body has more than " + plainLimit + " bytes after decompression");
        }
        return plain;
    }

    private static InputStream decoder(IntakeRequest request, Set<String> codings, byte[] body)
            throws IOException, Refusal {
        String coding = request.header("content-encoding");
        InputStream in = new ByteArrayInputStream(body);
        return switch (coding == null ? "identity" : coding) {
            case "identity" -> in;
            case "gzip" -> new GZIPInputStream(in);
            case "deflate" -> new InflaterInputStream(in); // zlib, not the bare stream
            default -> {
                if (!codings.contains(coding)) {
                    throw new Refusal(415, "Content-Encoding " + coding + " is not known to " + request.path());
                }
                yield zstd(in);
            }
        };
    }

    private static InputStream zstd(InputStream in) throws IOException, Refusal {
        try {
            return Class.forName("com.github.luben.zstd.ZstdInputStream")
                    .asSubclass(InputStream.class)
                    .getConstructor(InputStream.class)
                    .newInstance(in);
        } catch (InvocationTargetException e) {
            throw new IOException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new Refusal(415, "zstd cannot be read without com.github.luben:zstd-jni");
        }
    }
}
