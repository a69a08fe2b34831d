package tscollector.torchserve;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/** Raw answers of a real TorchServe 0.12.0, as files in the test resources. */
public final class Captures {
    private Captures() {}

    /** The capture at {@code captures/NAME.http} as a reply: its status and its body. */
    public static FakeHttp.Reply reply(String name) {
        byte[] raw = raw(name + ".http");
        String text = new String(raw, StandardCharsets.ISO_8859_1);
        int status = Integer.parseInt(text.substring(9, 12));
        int crlf = text.indexOf("\r\n\r\n");
        int body = crlf >= 0 ? crlf + 4 : text.indexOf("\n\n") + 2;
        return FakeHttp.Reply.of(status, Arrays.copyOfRange(raw, body, raw.length));
    }

    public static byte[] body(String name) {
        return reply(name).body();
    }

    private static byte[] raw(String name) {
        try (InputStream in = Captures.class.getResourceAsStream("/captures/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
