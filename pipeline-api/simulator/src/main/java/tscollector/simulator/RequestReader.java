package tscollector.simulator;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads HTTP/1 requests from one connection; bodies are read and forgotten. Not thread-safe. */
final class RequestReader {
    private static final int MAX_HEAD_BYTES = 16 * 1024;
    // TorchServe's default max_request_size.
    private static final long MAX_BODY_BYTES = 6_553_500;
    private static final Pattern VERSION = Pattern.compile("HTTP/\\d\\.\\d");

    private final InputStream in;
    private final OutputStream out;

    /** @param out for the interim answer to {@code Expect: 100-continue} */
    RequestReader(InputStream in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    /** The next request, or null when the client closed between two requests. */
    @Nullable
    Request read() throws IOException {
        List<String> head = head();
        if (head.isEmpty()) {
            return null;
        }
        Map<String, List<String>> headers = headers(head);
        String[] words = head.get(0).split(" ", -1);
        if (words.length != 3 || !VERSION.matcher(words[2]).matches()) {
            return new Request(words[0], words.length > 1 ? words[1] : "", headers, true, false);
        }
        boolean tooLarge = !skipBody(headers);
        return new Request(words[0], words[1], headers, false, tooLarge);
    }

    private List<String> head() throws IOException {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        int total = 0;
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (++total > MAX_HEAD_BYTES) {
                throw new IOException("request head is over " + MAX_HEAD_BYTES + " bytes");
            }
            if (b != '\n') {
                line.append((char) b);
                continue;
            }
            String text = line.toString().strip();
            line.setLength(0);
            if (!text.isEmpty()) {
                lines.add(text);
            } else if (!lines.isEmpty()) {
                return lines;
            }
        }
        if (total > 0) {
            throw new EOFException("the client closed inside a request");
        }
        return List.of();
    }

    private static Map<String, List<String>> headers(List<String> head) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (String line : head.subList(1, head.size())) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                String name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
                headers.computeIfAbsent(name, absent -> new ArrayList<>())
                        .add(line.substring(colon + 1).strip());
            }
        }
        return headers;
    }

    /** False when the announced body is over the limit; it is left unread then. */
    private boolean skipBody(Map<String, List<String>> headers) throws IOException {
        long length = contentLength(headers);
        if (length > MAX_BODY_BYTES) {
            return false;
        }
        if (headers.getOrDefault("expect", List.of()).contains("100-continue")) {
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }
        if (headers.getOrDefault("transfer-encoding", List.of()).contains("chunked")) {
            skipChunks();
        } else {
            in.skipNBytes(length);
        }
        return true;
    }

    private void skipChunks() throws IOException {
        long size = chunkSize();
        while (size > 0) {
            in.skipNBytes(size);
            line();
            size = chunkSize();
        }
        while (!line().isEmpty()) {
            // Trailers say nothing to a server that forgets the body.
        }
    }

    private long chunkSize() throws IOException {
        try {
            return Long.parseLong(line().split(";", 2)[0].strip(), 16);
        } catch (NumberFormatException e) {
            throw new IOException("chunk without a size", e);
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0 || line.length() > MAX_HEAD_BYTES) {
                throw new EOFException("the client closed inside a body");
            }
            line.append((char) b);
        }
        return line.toString().strip();
    }

    private static long contentLength(Map<String, List<String>> headers) {
        List<String> values = headers.get("content-length");
        try {
            return values == null ? 0 : Math.max(Long.parseLong(values.get(0)), 0);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
