package tscollector.kit.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * A small HTTP proxy that remembers what it was asked: absolute-form requests are answered by itself, CONNECT leads to a given port
 * on loopback whatever the name.
 */
final class RecordingProxy implements AutoCloseable {
    private static final String REFUSAL = String.join(
            "\r\n",
            "HTTP/1.1 407 Proxy Authentication Required",
            "proxy-authenticate: Basic realm=p",
            "content-length: 0",
            "",
            "");

    private final RawServer server;

    private RecordingProxy(RawServer server) {
        this.server = server;
    }

    /**
     * A proxy.
     *
     * @param credentials {@code user:password} that it insists on, or null
     * @param tunnelPort where CONNECT leads; 0 refuses
     */
    static RecordingProxy start(String credentials, int tunnelPort) {
        String wanted = credentials == null
                ? null
                : "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
        return new RecordingProxy(RawServer.start((request, to) -> {
            if (wanted != null && !wanted.equals(request.header("proxy-authorization"))) {
                to.send(REFUSAL);
            } else if (!request.line().startsWith("CONNECT ")) {
                to.ok("by proxy");
            } else if (tunnelPort == 0) {
                to.send("HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n");
            } else {
                to.send("HTTP/1.1 200 Connection established\r\n\r\n");
                tunnel(to.socket(), tunnelPort);
            }
        }));
    }

    int port() {
        return server.port();
    }

    List<String> lines() {
        return server.requests().stream().map(RawServer.Request::line).toList();
    }

    List<RawServer.Request> requests() {
        return server.requests();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private static void tunnel(Socket client, int port) throws IOException {
        try (Socket target = new Socket(InetAddress.getLoopbackAddress(), port)) {
            Thread back = new Thread(() -> copy(target, client), "proxy-back");
            back.setDaemon(true);
            back.start();
            copy(client, target);
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            // one of them left
        }
    }
}
