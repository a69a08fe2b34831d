package tscollector.app.it;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Everything a server can do to a client that asks it for metrics or models, one misdeed a path: {@code /NAME/...}. It makes its
 * answers as it writes them, so it costs the test little however much it sends.
 */
final class HostileServer implements AutoCloseable {
    private static final int MUCH = 15 << 20;
    private static final int MOST_SAMPLES = 99_999;

    /** When the next drops fall; no thread sleeps for that. */
    private static final ScheduledExecutorService DRIPS = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "hostile-drips");
        thread.setDaemon(true);
        return thread;
    });

    /** Writes what follows the request; the connection ends when it returns. */
    private interface Misdeed {
        void commit(Wire wire) throws IOException;
    }

    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Map<String, Misdeed> metrics = new LinkedHashMap<>();
    private final Map<String, Misdeed> management = new LinkedHashMap<>();
    private final AtomicInteger scrapes = new AtomicInteger();

    HostileServer() {
        try {
            server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        wireMisdeeds();
        sizeMisdeeds();
        cardinalityMisdeeds();
        managementMisdeeds();
        daemon("hostile-accept", this::accept);
    }

    List<String> metricsUrls() {
        return urls(metrics, "/metrics");
    }

    List<String> managementUrls() {
        return urls(management, "");
    }

    private List<String> urls(Map<String, Misdeed> misdeeds, String path) {
        List<String> urls = new ArrayList<>();
        misdeeds.keySet().forEach(name -> urls.add("http://127.0.0.1:" + server.getLocalPort() + "/" + name + path));
        return urls;
    }

    private void wireMisdeeds() {
        metrics.put("reset", wire -> wire.reset());
        metrics.put(
                "reset-in-body",
                wire -> wire.head("Content-Length: 1000").text("a 1\n").reset());
        metrics.put("body-too-short", wire -> wire.head("Content-Length: 1000").text("a 1\n"));
        metrics.put(
                "body-too-long",
                wire -> wire.head("Content-Length: 2").text("a 1\nb 2\nc 3\n").hang());
        metrics.put(
                "promises-the-world",
                wire -> wire.head("Content-Length: 9000000000000000000")
                        .text("a 1\n")
                        .hang());
        metrics.put(
                "length-is-no-number", wire -> wire.head("Content-Length: -5").text("a 1\n"));
        metrics.put(
                "huge-chunk",
                wire -> wire.head("Transfer-Encoding: chunked")
                        .text("7FFFFFFFFFFFFFFF\r\na 1\n")
                        .hang());
        metrics.put("bad-chunk", wire -> wire.head("Transfer-Encoding: chunked").text("zz\r\na 1\n"));
        metrics.put(
                "no-http", wire -> wire.text("220 mail.example.com ESMTP\r\n").hang());
        metrics.put("silence", Wire::hang);
        metrics.put("drip", wire -> wire.head("Content-Length: 100000").drip());
        metrics.put("header-flood", wire -> wire.text("HTTP/1.1 200 OK\r\n").forever("X-Flood: flood\r\n"));
        metrics.put(
                "endless-header",
                wire -> wire.text("HTTP/1.1 200 OK\r\nX-Flood: ").forever("flood"));
        metrics.put("endless-continue", wire -> wire.forever("HTTP/1.1 100 Continue\r\n\r\n"));
        metrics.put(
                "redirects",
                wire -> wire.text("HTTP/1.1 302 Found\r\nLocation: /redirects/metrics\r\n")
                        .text("Content-Length: 0\r\n\r\n"));
        metrics.put(
                "endless-error", wire -> wire.text("HTTP/1.1 500 No\r\n\r\n").forever("no ".repeat(1000)));
    }

    private void sizeMisdeeds() {
        metrics.put("endless-lines", wire -> wire.head("X: y").forever("a{b=\"c\"} 1\n".repeat(200)));
        metrics.put("endless-line", wire -> wire.head("X: y").forever("a".repeat(4096)));
        metrics.put(
                "long-line", wire -> wire.head("Content-Length: " + (10 << 20)).times("a".repeat(1024), 10 << 10));
        byte[] gzip = bomb(true);
        metrics.put(
                "gzip-bomb",
                wire -> wire.head("Content-Encoding: gzip\r\nContent-Length: " + gzip.length)
                        .bytes(gzip));
        byte[] deflate = bomb(false);
        metrics.put(
                "deflate-bomb",
                wire -> wire.head("Content-Encoding: deflate\r\nContent-Length: " + deflate.length)
                        .bytes(deflate));
        metrics.put(
                "no-gzip",
                wire -> wire.head("Content-Encoding: gzip\r\nContent-Length: 4").text("a 1\n"));
        metrics.put("no-utf8", wire -> wire.head("X: y").noise(1 << 20));
        metrics.put("newlines", wire -> wire.head("Content-Length: " + MUCH).times("\n".repeat(1024), MUCH >> 10));
        metrics.put(
                "long-help",
                wire -> wire.head("Content-Length: " + (10 << 20))
                        .text("# HELP a ")
                        .times("b".repeat(1024), (10 << 10) - 1)
                        .text("b".repeat(1015)));
    }

    private void cardinalityMisdeeds() {
        metrics.put("one-sample-too-many", wire -> wire.head("X: y").samples(100_001, 0, ""));
        metrics.put("most-samples", wire -> wire.head("X: y").samples(MOST_SAMPLES, 0, ""));
        metrics.put("random-labels", wire -> wire.head("X: y").samples(MOST_SAMPLES, random(), ""));
        metrics.put(
                "more-random-labels", wire -> wire.head("X: y").samples(MOST_SAMPLES, random(), "# TYPE a counter\n"));
        metrics.put(
                "growing",
                wire -> wire.head("X: y").samples(Math.min(5000 * scrapes.incrementAndGet(), MOST_SAMPLES), 0, ""));
        metrics.put("long-labels", wire -> wire.head("X: y").labels(MUCH / 1000, 900));
        metrics.put("families", wire -> wire.head("X: y").families(MOST_SAMPLES));
        metrics.put("same-series", wire -> wire.head("X: y").times("a{b=\"c\"} 1\n", MOST_SAMPLES));
    }

    private void managementMisdeeds() {
        management.put("endless-pages", wire -> wire.json(wire.path.contains("/models/") ? "[]" : page(wire)));
        management.put("many-models", wire -> {
            if (wire.path.contains("/models/")) {
                wire.json("[]");
            } else {
                wire.head("X: y").text("{\"models\":[");
                for (int i = 0; i < 350_000; i++) {
                    wire.text("{\"modelName\":\"m" + i + "\",\"modelUrl\":\"u\"},");
                }
                wire.text("{\"modelName\":\"z\"}]}");
            }
        });
        management.put("deep-json", wire -> wire.head("X: y").times("[".repeat(1024), 10 << 10));
        management.put(
                "huge-numbers",
                wire -> wire.head("X: y")
                        .text("{\"models\":[],\"nextPageToken\":1")
                        .times("0", MUCH));
        management.put("long-names", wire -> {
            if (wire.path.contains("/models/")) {
                wire.json("[]");
            } else {
                wire.head("X: y").text("{\"models\":[");
                for (int i = 0; i < 3500; i++) {
                    wire.text("{\"modelName\":\"" + "n".repeat(4000) + i + "\"},");
                }
                wire.text("{\"modelName\":\"z\"}]}");
            }
        });
        management.put("describe-bomb", wire -> {
            if (wire.path.contains("/models/")) {
                wire.describe(1000, 10);
            } else {
                wire.json(
                        "{\"models\":[{\"modelName\":\"a\"},{\"modelName\":\"b\"},{\"modelName\":\"c\"},{\"modelName\":\"d\"},"
                                + "{\"modelName\":\"e\"},{\"modelName\":\"f\"},{\"modelName\":\"g\"},{\"modelName\":\"h\"}]}");
            }
        });
        management.put(
                "endless-list", wire -> wire.head("X: y").text("{\"models\":[").forever("{\"modelName\":\"a\"},"));
        management.put("same-token", wire -> wire.json("{\"models\":[{\"modelName\":\"a\"}],\"nextPageToken\":\"1\"}"));
        management.put("silent-management", Wire::hang);
        management.put("reset-management", Wire::reset);
    }

    private static String page(Wire wire) {
        int at = wire.path.indexOf("next_page_token=");
        long token = at < 0 ? 0 : Long.parseLong(wire.path.substring(at + 16).replaceAll("\\D.*", "")) + 1;
        StringBuilder page = new StringBuilder("{\"nextPageToken\":\"" + (token + 100) + "\",\"models\":[");
        for (long i = Math.max(0, token - 1); i < token + 100; i++) {
            page.append("{\"modelName\":\"m").append(i).append("\"},");
        }
        page.setLength(page.length() - 1);
        return page.append("]}").toString();
    }

    private static long random() {
        return ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
    }

    /** One GiB of sample lines that weighs some MB. */
    private static byte[] bomb(boolean gzip) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        byte[] lines = "a{b=\"c\"} 1\n".repeat(10_000).getBytes(StandardCharsets.US_ASCII);
        try (OutputStream out = gzip ? new GZIPOutputStream(packed) : new DeflaterOutputStream(packed)) {
            for (int i = 0; i < 5000; i++) {
                out.write(lines);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                daemon("hostile", () -> serve(socket));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            String path = readRequest(in);
            String name = path.isEmpty() ? "" : path.substring(1).replaceFirst("/.*", "");
            Misdeed misdeed = metrics.containsKey(name) ? metrics.get(name) : management.get(name);
            if (misdeed != null) {
                Wire wire = new Wire(socket, path);
                misdeed.commit(wire);
                wire.flush();
            }
        } catch (IOException e) {
            // the client has gone, which is its right
        } finally {
            open.remove(socket);
        }
    }

    private static String readRequest(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.append((char) next);
        }
        return head.substring(head.indexOf(" ") + 1, head.indexOf(" HTTP/"));
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The connection, for answers that are made while they are written. */
    private static final class Wire {
        private final Socket socket;
        private final String path;
        private final BufferedOutputStream out;

        Wire(Socket socket, String path) throws IOException {
            this.socket = socket;
            this.path = path;
            this.out = new BufferedOutputStream(socket.getOutputStream(), 64 << 10);
        }

        Wire head(String headers) throws IOException {
            return text("HTTP/1.1 200 OK\r\nConnection: close\r\n" + headers + "\r\n\r\n");
        }

        Wire json(String body) throws IOException {
            return head("Content-Length: " + body.length()).text(body);
        }

        Wire text(String text) throws IOException {
            return bytes(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        Wire bytes(byte[] bytes) throws IOException {
            out.write(bytes);
            return this;
        }

        Wire times(String text, int count) throws IOException {
            byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
            for (int i = 0; i < count; i++) {
                out.write(bytes);
            }
            return this;
        }

        Wire forever(String text) throws IOException {
            byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
            while (!socket.isClosed()) {
                out.write(bytes);
            }
            return this;
        }

        /** Bytes that are no text in any line: plain noise would hold a valid sample now and then. */
        Wire noise(int count) throws IOException {
            byte[] bytes = new byte[count];
            ThreadLocalRandom.current().nextBytes(bytes);
            for (int i = 0; i < count; i++) {
                if (bytes[i] != '\n') {
                    bytes[i] |= (byte) 0x80;
                }
            }
            return bytes(bytes);
        }

        Wire samples(int count, long salt, String before) throws IOException {
            text(before);
            for (int i = 0; i < count; i++) {
                text("a{model=\"m" + i + "\",salt=\"" + salt + "\"} " + i + "\n");
            }
            return this;
        }

        Wire labels(int count, int length) throws IOException {
            String filling = "x".repeat(length);
            for (int i = 0; i < count; i++) {
                text("a{b=\"" + filling + random() + "\"} 1\n");
            }
            return this;
        }

        Wire families(int count) throws IOException {
            long salt = random();
            for (int i = 0; i < count; i++) {
                text("# TYPE f" + i + "_" + salt + " gauge\nf" + i + "_" + salt + " 1\n");
            }
            return this;
        }

        void describe(int versions, int workers) throws IOException {
            head("X: y").text("[");
            for (int v = 0; v < versions; v++) {
                text("{\"modelVersion\":\"" + v + "\",\"workers\":[");
                for (int w = 0; w < workers; w++) {
                    text("{\"id\":\"" + w + "\",\"pid\":" + random() % 100_000 + ",\"status\":\"READY\"},");
                }
                text("{\"id\":\"x\"}]},");
            }
            text("{\"modelVersion\":\"x\"}]");
        }

        /** A byte now and then, until the client gives up. */
        void drip() throws IOException {
            Future<?> dripping = DRIPS.scheduleAtFixedRate(this::drop, 0, 50, TimeUnit.MILLISECONDS);
            try {
                socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            } finally {
                dripping.cancel(false);
            }
        }

        private void drop() {
            try {
                out.write('a');
                out.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e); // the client has gone: no further drop
            }
        }

        /** Waits for the client to give up. */
        Wire hang() throws IOException {
            out.flush();
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            return this;
        }

        Wire reset() throws IOException {
            out.flush();
            socket.setSoLinger(true, 0);
            socket.close();
            return this;
        }

        void flush() throws IOException {
            if (!socket.isClosed()) {
                out.flush();
            }
        }
    }
}
