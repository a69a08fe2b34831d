package tscollector.simulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;

/** Sends one request over a socket and takes the answer byte by byte, without an opinion on either. */
final class RawClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int MOMENT_MILLIS = 300;

    private final Socket socket;

    RawClient(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(PATIENCE_MILLIS);
        } catch (IOException e) {
            throw new IllegalStateException("cannot connect", e);
        }
    }

    RawClient(int port, SSLContext tls) throws IOException {
        socket = tls.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    /** One request on a connection of its own. */
    static Reply send(TorchServeSimulator server, Api api, String method, String target, String... headers) {
        try (RawClient client = new RawClient(server.port(api))) {
            return client.send(method, target, headers);
        } catch (IOException e) {
            throw new IllegalStateException("cannot " + method + " " + target, e);
        }
    }

    /** The same on a connection that the server should end, and how it ended. */
    static Reply sendToTheEnd(TorchServeSimulator server, Api api, String method, String target, String... headers)
            throws IOException {
        try (RawClient client = new RawClient(server.port(api))) {
            Reply reply = client.send(method, target, headers);
            return new Reply(reply.text(), client.ending());
        }
    }

    static Reply get(TorchServeSimulator server, Api api, String target, String... headers) {
        return send(server, api, "GET", target, headers);
    }

    Reply send(String method, String target, String... headers) throws IOException {
        write(request(method, target, headers));
        return read(method.equals("HEAD"));
    }

    void write(String latin1) throws IOException {
        socket.getOutputStream().write(latin1.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** One response by its content-length; without one, to the end of the stream. */
    Reply read(boolean headOnly) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String head = head(bytes);
        Reply reply = new Reply(head, Reply.Ending.NOT_AWAITED);
        if (headOnly) {
            return reply;
        }
        String length = reply.header("content-length");
        InputStream in = socket.getInputStream();
        byte[] body = length.isEmpty() ? in.readAllBytes() : in.readNBytes(Integer.parseInt(length));
        bytes.writeBytes(body);
        return new Reply(bytes.toString(StandardCharsets.ISO_8859_1), Reply.Ending.NOT_AWAITED);
    }

    /** So many bytes, fewer at the end of the stream. */
    byte[] readBytes(int count) throws IOException {
        return socket.getInputStream().readNBytes(count);
    }

    byte[] readAll() throws IOException {
        return socket.getInputStream().readAllBytes();
    }

    /** Waits for the end of a connection that should end. */
    Reply.Ending ending() throws IOException {
        return ending(PATIENCE_MILLIS);
    }

    /** Watches for a moment whether a connection that should stay open does. */
    boolean staysOpen() throws IOException {
        return ending(MOMENT_MILLIS) == Reply.Ending.STAYED_OPEN;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    static String request(String method, String target, String... headers) {
        StringBuilder text = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n");
        for (String header : headers) {
            text.append(header).append("\r\n");
        }
        return text.append("\r\n").toString();
    }

    private String head(ByteArrayOutputStream bytes) throws IOException {
        InputStream in = socket.getInputStream();
        int matched = 0;
        while (matched < 4) {
            int b = in.read();
            if (b < 0) {
                throw new IOException("no head, only: " + bytes.toString(StandardCharsets.ISO_8859_1));
            }
            bytes.write(b);
            matched = b == "\r\n\r\n".charAt(matched) ? matched + 1 : b == '\r' ? 1 : 0;
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    private Reply.Ending ending(int patienceMillis) throws IOException {
        socket.setSoTimeout(patienceMillis);
        try {
            int next = socket.getInputStream().read();
            if (next >= 0) {
                throw new AssertionError("more bytes came, the first is " + next);
            }
            return Reply.Ending.CLOSED;
        } catch (SocketTimeoutException e) {
            return Reply.Ending.STAYED_OPEN;
        } catch (SocketException e) {
            return Reply.Ending.RESET;
        }
    }
}
