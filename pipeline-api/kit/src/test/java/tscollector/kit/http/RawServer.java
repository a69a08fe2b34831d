package tscollector.kit.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server that says exactly what the test tells it to, byte by byte. Each connection has a thread; each request on it is read to
 * the end of its head and answered by the script. Loopback, any port.
 */
final class RawServer implements AutoCloseable {
    /** What to do with one request. */
    @FunctionalInterface
    interface Script {
        void answer(Request request, Connection connection) throws Exception;
    }

    /** Request line, header lines and body as they came; a byte is a character. */
    record Request(String line, List<String> headers, String body) {
        String header(String name) {
            return header(headers, name);
        }

        private static String header(List<String> headers, String name) {
            return headers.stream()
                    .filter(header -> header.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(header -> header.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse(null);
        }
    }

    /** The other end. */
    record Connection(Socket socket) {
        void send(String text) throws IOException {
            send(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        void send(byte[] bytes) throws IOException {
            OutputStream out = socket.getOutputStream();
            out.write(bytes);
            out.flush();
        }

        void ok(String body) throws IOException {
            send("HTTP/1.1 200 OK\r\ncontent-length: " + body.length() + "\r\n\r\n" + body);
        }

        /** Ends it with RST instead of FIN, as TorchServe does after an error. */
        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }

    private final ServerSocket listener;
    private final Script script;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
    private final Queue<String> goodbyes = new ConcurrentLinkedQueue<>();

    private RawServer(ServerSocket listener, Script script) {
        this.listener = listener;
        this.script = script;
    }

    static RawServer start(Script script) {
        return start(plain(), script);
    }

    static RawServer start(ServerSocket listener, Script script) {
        RawServer server = new RawServer(listener, script);
        thread(server::accept);
        return server;
    }

    static ServerSocket plain() {
        try {
            return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    /** All that there ever were. */
    int connections() {
        return connections.get();
    }

    int openConnections() {
        return (int) sockets.stream().filter(socket -> !socket.isClosed()).count();
    }

    /** How clients ended their connections: {@code FIN}, or what the system said instead. */
    List<String> goodbyes() {
        return List.copyOf(goodbyes);
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                sockets.add(socket);
                connections.incrementAndGet();
                thread(() -> serve(socket));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            for (String line = in.readLine(); line != null && !socket.isClosed(); line = in.readLine()) {
                List<String> headers = new ArrayList<>();
                for (String header = in.readLine(); header != null && !header.isEmpty(); header = in.readLine()) {
                    headers.add(header);
                }
                Request request = new Request(line, headers, body(in, headers));
                requests.add(request);
                script.answer(request, new Connection(socket));
            }
            goodbyes.add("FIN");
        } catch (SocketException | javax.net.ssl.SSLException e) {
            goodbyes.add(String.valueOf(e.getMessage()));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            sockets.remove(socket);
        }
    }

    private static String body(Reader in, List<String> headers) throws IOException {
        String length = Request.header(headers, "content-length");
        char[] body = new char[length == null ? 0 : Integer.parseInt(length)];
        for (int at = 0; at < body.length; ) {
            int more = in.read(body, at, body.length - at);
            if (more < 0) {
                throw new SocketException("the body ended early");
            }
            at += more;
        }
        return new String(body);
    }

    private static void thread(Runnable task) {
        Thread thread = new Thread(task, "raw-server");
        thread.setDaemon(true);
        thread.start();
    }
}
