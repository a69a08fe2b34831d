package tscollector.app.parity;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URLDecoder;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLServerSocketFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Answers as a recording says, one entry of {@code serve} a run. A run begins with the first GET of its scrape, ping or list; the
 * first GET after the last run is never answered, and tells that the recording has been played. Where an
 * answer fails to come no connection is kept: a client may ask again when one that it kept was closed.
 */
final class VectorServer implements AutoCloseable {
    private static final byte[] NO_ANSWER = new byte[0];
    private static final String NO_GET = "";

    /** Where it listens, and what ends that. */
    private interface Door extends AutoCloseable {
        Connection accept() throws IOException;

        @Override
        void close() throws IOException;
    }

    private record Connection(InputStream in, OutputStream out, AutoCloseable socket) {}

    private final List<JsonNode> serves;
    private final Door door;
    private final int port;
    private final CountDownLatch played = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicInteger runs = new AtomicInteger();
    private final Set<AutoCloseable> open = ConcurrentHashMap.newKeySet();
    private final boolean keepsConnections;
    private volatile boolean areRunsTold;

    private VectorServer(List<JsonNode> serves, Door door, int port) {
        this.serves = serves;
        this.keepsConnections = serves.stream().allMatch(serve -> serve.findValue("reset") == null);
        this.door = door;
        this.port = port;
        Thread thread = new Thread(this::acceptAll, "vector-server");
        thread.setDaemon(true);
        thread.start();
    }

    /** On a free port; with TLS if there is a factory. */
    static VectorServer tcp(List<JsonNode> serves, @Nullable SSLServerSocketFactory tls) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        ServerSocket socket;
        if (tls == null) {
            socket = new ServerSocket();
            socket.bind(new InetSocketAddress(loopback, 0));
        } else {
            socket = (SSLServerSocket) tls.createServerSocket(0, 50, loopback);
        }
        return new VectorServer(
                serves,
                new Door() {
                    @Override
                    public Connection accept() throws IOException {
                        var one = socket.accept();
                        return new Connection(one.getInputStream(), one.getOutputStream(), one);
                    }

                    @Override
                    public void close() throws IOException {
                        socket.close();
                    }
                },
                socket.getLocalPort());
    }

    static VectorServer unix(List<JsonNode> serves, String path) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        SocketAddress address = UnixDomainSocketAddress.of(path);
        channel.bind(address);
        return new VectorServer(
                serves,
                new Door() {
                    @Override
                    public Connection accept() throws IOException {
                        SocketChannel one = channel.accept();
                        return new Connection(Channels.newInputStream(one), Channels.newOutputStream(one), one);
                    }

                    @Override
                    public void close() throws IOException {
                        channel.close();
                    }
                },
                0);
    }

    int port() {
        return port;
    }

    /** Runs that have begun. */
    int runs() {
        return runs.get();
    }

    /** From now on a run begins only so. */
    void begin() {
        areRunsTold = true;
        runs.incrementAndGet();
    }

    /** Waits until all runs were answered and the next began. */
    boolean awaitPlayed(long seconds) throws InterruptedException {
        return played.await(seconds, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            door.close();
            for (AutoCloseable socket : open) {
                socket.close();
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void acceptAll() {
        while (true) {
            try {
                Connection connection = door.accept();
                open.add(connection.socket());
                Thread thread = new Thread(() -> serve(connection), "vector");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Connection connection) {
        try {
            InputStream in = new BufferedInputStream(connection.in());
            String target = target(in);
            while (target != null) {
                byte[] answer = answer(target);
                if (answer == NO_ANSWER) {
                    return;
                }
                connection.out().write(keepsConnections ? answer : withClose(answer));
                connection.out().flush();
                if (isCut(answer) || !keepsConnections) {
                    return;
                }
                target = target(in);
            }
        } catch (IOException | InterruptedException e) {
            // the client has gone, or this server has
        } finally {
            open.remove(connection.socket());
            end(connection.socket());
        }
    }

    private static void end(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** A whole request's path and query, or null at the end; of a request to a proxy, what it asks the proxy for. */
    private static @Nullable String target(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return null;
            }
            head.write(next);
        }
        String[] line = head.toString(StandardCharsets.ISO_8859_1).split(" ", 3);
        String target = line[1];
        if (!line[0].equals("GET")) {
            return NO_GET;
        }
        return target.startsWith("http") ? target.replaceFirst("^https?://[^/]*", "") : target;
    }

    private byte[] answer(String target) throws InterruptedException {
        if (target.equals(NO_GET)) {
            return json("{}"); // the question for the server's version, which the check never asks
        }
        int run = !areRunsTold && begins(target) ? runs.incrementAndGet() : runs.get();
        if (run > serves.size()) {
            played.countDown();
            closed.await();
            return NO_ANSWER;
        }
        JsonNode serve = serves.get(run - 1);
        if (serve.has("routes")) {
            JsonNode route = route(serve.get("routes"), target);
            return route == null
                    ? http(404, "application/json", Map.of(), "{}".getBytes(StandardCharsets.UTF_8))
                    : of(route);
        }
        if (serve.has("paged")) {
            return paged(serve, target);
        }
        return of(serve);
    }

    private static boolean begins(String target) {
        return !target.contains("next_page_token=")
                && !target.matches(".*/models/.+")
                && !target.equals("/other"); // where a redirect leads
    }

    private static @Nullable JsonNode route(JsonNode routes, String target) {
        // The check asks with a parameter that TorchServe does not know; what it was answered is what the real one gets
        // us.
        String asked = decoded(target.replace("next_page_token=", "nextPageToken="));
        String path = asked.replaceFirst("\\?.*", "");
        String token = asked.contains("nextPageToken=") ? asked.replaceFirst(".*nextPageToken=(\\d+).*", "$1") : "";
        for (Map.Entry<String, JsonNode> route : routes.properties()) {
            String key = decoded(route.getKey());
            String keyToken = key.contains("nextPageToken=") ? key.replaceFirst(".*nextPageToken=(\\d+).*", "$1") : "";
            if (key.replaceFirst("\\?.*", "").equals(path) && keyToken.equals(token)) {
                return route.getValue();
            }
        }
        return routes.get(path);
    }

    /** What the server sees: the check writes some characters as they are that others write in hex. */
    private static String decoded(String target) {
        return URLDecoder.decode(target.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static byte[] of(JsonNode serve) throws InterruptedException {
        if (serve.has("delay")) {
            TimeUnit.MILLISECONDS.sleep((long) (serve.get("delay").asDouble() * 1000));
        }
        if (serve.has("reset")) {
            return NO_ANSWER;
        }
        int status = serve.has("status") ? serve.get("status").asInt() : 200;
        if (serve.has("capture")) {
            return captured(serve.get("capture").asString());
        }
        String type = serve.has("json") ? "application/json" : "text/plain; version=0.0.4; charset=utf-8";
        byte[] body = NO_ANSWER;
        if (serve.has("file")) {
            body = Vector.body(serve.get("file").asString());
        } else if (serve.has("body")) {
            body = serve.get("body").asString().getBytes(StandardCharsets.UTF_8);
        } else if (serve.has("latin1")) {
            body = serve.get("latin1").asString().getBytes(StandardCharsets.ISO_8859_1);
        } else if (serve.has("json")) {
            JsonNode json = serve.get("json");
            body = (json.isString() ? json.asString() : json.toString()).getBytes(StandardCharsets.UTF_8);
        }
        if (status == 204 || status == 304) {
            body = new byte[0]; // they have none
        }
        if (serve.has("content_type")) {
            type = serve.get("content_type").asString();
        }
        Map<String, String> headers = new TreeMap<>();
        if (serve.has("headers")) {
            serve.get("headers")
                    .properties()
                    .forEach(header ->
                            headers.put(header.getKey(), header.getValue().asString()));
        }
        byte[] whole = http(status, type, headers, body);
        if (serve.has("cut")) {
            int length = whole.length - body.length + serve.get("cut").asInt();
            return Arrays.copyOf(whole, length);
        }
        return whole;
    }

    private static byte[] withClose(byte[] answer) {
        String text = new String(answer, StandardCharsets.ISO_8859_1);
        return text.replaceFirst("\r\n", "\r\nconnection: close\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Whether the connection must end after it: the head promises more. */
    private static boolean isCut(byte[] answer) {
        String text = new String(answer, StandardCharsets.ISO_8859_1);
        int head = text.indexOf("\r\n\r\n") + 4;
        String length = text.substring(0, head).replaceFirst("(?is).*content-length: (\\d+).*", "$1");
        return Integer.parseInt(length) > answer.length - head;
    }

    private static byte[] captured(String file) {
        byte[] capture = Vector.capture(file);
        String text = new String(capture, StandardCharsets.ISO_8859_1);
        int end = text.contains("\r\n\r\n") ? text.indexOf("\r\n\r\n") + 4 : text.indexOf("\n\n") + 2;
        String head = text.substring(0, end);
        int status = Integer.parseInt(head.split(" ", 3)[1]);
        String type = head.toLowerCase(Locale.ROOT).contains("content-type:")
                ? head.replaceFirst("(?is).*content-type: ([^\r\n]*).*", "$1")
                : "text/plain";
        return http(status, type, Map.of(), Arrays.copyOfRange(capture, end, capture.length));
    }

    /** A list that pages as the real server does, of models with one version each and no workers. */
    private static byte[] paged(JsonNode serve, String target) {
        int count = serve.get("paged").asInt();
        if (target.contains("/models/")) {
            String name = target.replaceFirst(".*/models/([^/?]+).*", "$1");
            return json("[{\"modelName\":\"" + name + "\",\"modelVersion\":\"1.0\",\"modelUrl\":\"" + name
                    + ".mar\",\"workers\":[]}]");
        }
        int limit = serve.has("page") ? serve.get("page").asInt() : Integer.parseInt(parameter(target, "limit", "100"));
        int from = Integer.parseInt(parameter(target, "next_page_token", "0"));
        StringBuilder list = new StringBuilder("{");
        int to = from + limit;
        if (to <= count) {
            list.append("\"nextPageToken\":\"").append(to).append("\",");
        }
        list.append("\"models\":[");
        for (int i = from; i < Math.min(to, count); i++) {
            String name = "m%03d".formatted(i);
            list.append(i == from ? "" : ",")
                    .append("{\"modelName\":\"" + name + "\",\"modelUrl\":\"" + name + ".mar\"}");
        }
        return json(list.append("]}").toString());
    }

    private static String parameter(String target, String name, String absent) {
        String query = target.contains("?") ? "&" + target.substring(target.indexOf('?') + 1) : "";
        int at = query.indexOf("&" + name + "=");
        return at < 0 ? absent : query.substring(at + name.length() + 2).replaceFirst("&.*", "");
    }

    private static byte[] json(String text) {
        return http(200, "application/json", Map.of(), text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] http(int status, String type, Map<String, String> headers, byte[] body) {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " X\r\ncontent-type: " + type + "\r\n");
        headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        head.append("content-length: " + body.length + "\r\n\r\n");
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        try {
            whole.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
            whole.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return whole.toByteArray();
    }
}
