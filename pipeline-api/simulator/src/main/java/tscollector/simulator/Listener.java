package tscollector.simulator;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * One listening port on loopback.
 *
 * <p>Threads: one that accepts and one per connection, all made and ended here. The lock guards sockets and threads; nothing
 * blocks under it but opening a port.
 */
final class Listener implements AutoCloseable {
    private static final int BACKLOG = 512;
    private static final int TLS_HANDSHAKE = 0x16;

    private final Api api;
    private final @Nullable SSLContext tls;
    private final Responder responder;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Object lock = new Object();
    private final Set<Socket> connections = new HashSet<>();
    private final Set<Thread> threads = new HashSet<>();
    private final int port;
    private @Nullable ServerSocket listening;
    private @Nullable Socket placeholder;
    private @Nullable Thread acceptor;

    /** Opens the port; 0 takes any free one. */
    Listener(Api api, int port, @Nullable SSLContext tls, Responder responder) {
        this.api = api;
        this.tls = tls;
        this.responder = responder;
        synchronized (lock) {
            this.port = listen(port);
        }
    }

    int port() {
        return port;
    }

    /** Refuses new connections and resets open ones; the port stays reserved. */
    void refuse() {
        Thread accepting;
        synchronized (lock) {
            if (listening == null || stopped.getCount() == 0) {
                return;
            }
            closeQuietly(listening);
            listening = null;
            connections.forEach(Listener::resetQuietly);
            accepting = acceptor;
        }
        // The port is free only when the thread inside accept has noticed.
        if (accepting != null) {
            join(accepting);
        }
        synchronized (lock) {
            if (listening == null && stopped.getCount() > 0) {
                reserve();
            }
        }
    }

    /** Takes connections again after {@link #refuse}. */
    void accept() {
        synchronized (lock) {
            if (listening == null && stopped.getCount() > 0) {
                if (placeholder != null) {
                    closeQuietly(placeholder);
                    placeholder = null;
                }
                listen(port);
            }
        }
    }

    @Override
    public void close() {
        List<Thread> running;
        synchronized (lock) {
            stopped.countDown();
            if (listening != null) {
                closeQuietly(listening);
            }
            if (placeholder != null) {
                closeQuietly(placeholder);
            }
            connections.forEach(Listener::resetQuietly);
            running = List.copyOf(threads);
        }
        for (Thread thread : running) {
            join(thread);
        }
    }

    /** A bound socket that does not listen keeps the port ours, and the kernel refuses. */
    private void reserve() {
        Socket bound = new Socket();
        try {
            bound.setReuseAddress(true);
            bound.bind(address(port));
            placeholder = bound;
        } catch (IOException e) {
            closeQuietly(bound);
            throw new UncheckedIOException("cannot reserve port " + port, e);
        }
    }

    private int listen(int wanted) {
        try {
            ServerSocket server = new ServerSocket();
            server.setReuseAddress(true);
            server.bind(address(wanted), BACKLOG);
            listening = server;
            acceptor = start("accept", () -> acceptAll(server));
            return server.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on port " + wanted, e);
        }
    }

    private void acceptAll(ServerSocket server) {
        while (true) {
            try {
                Socket socket = server.accept();
                synchronized (lock) {
                    if (server.isClosed()) {
                        resetQuietly(socket);
                        return;
                    }
                    connections.add(socket);
                    start("connection", () -> serve(socket));
                }
            } catch (IOException e) {
                // Only closing the server socket ends accept.
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try {
            socket.setTcpNoDelay(true);
            if (tls == null) {
                talk(socket, socket, socket.getInputStream());
            } else {
                secure(tls, socket);
            }
        } catch (IOException e) {
            // The client went away, broke the protocol, or the simulator closes: all end this connection only.
            resetQuietly(socket);
        } finally {
            closeQuietly(socket);
            synchronized (lock) {
                connections.remove(socket);
            }
        }
    }

    private void secure(SSLContext context, Socket socket) throws IOException {
        int first = socket.getInputStream().read();
        if (first < 0) {
            return;
        }
        InputStream consumed = new ByteArrayInputStream(new byte[] {(byte) first});
        if (first == TLS_HANDSHAKE) {
            Socket secured = Tls.server(context, socket, consumed);
            talk(socket, secured, secured.getInputStream());
            return;
        }
        Request request = new RequestReader(
                        new SequenceInputStream(consumed, socket.getInputStream()), socket.getOutputStream())
                .read();
        if (request != null) {
            Answer plain =
                    Answer.json(403, "", Map.of("status", "This TorchServe instance only accepts HTTPS requests"));
            FaultPlayer.play(plain, false, new Wire(socket, socket, stopped));
        }
    }

    private void talk(Socket base, Socket socket, InputStream in) throws IOException {
        Wire wire = new Wire(base, socket, stopped);
        RequestReader reader = new RequestReader(new BufferedInputStream(in), socket.getOutputStream());
        Request request = reader.read();
        while (request != null) {
            responder.respond(api, request, wire);
            request = wire.isOpen() ? reader.read() : null;
        }
    }

    private Thread start(String what, Runnable work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } finally {
                        synchronized (lock) {
                            threads.remove(Thread.currentThread());
                        }
                    }
                },
                "torchserve-simulator-" + api + "-" + what);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
        return thread;
    }

    private static InetSocketAddress address(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private static void join(Thread thread) {
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void resetQuietly(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // Closed already: close is all that is left.
        }
        closeQuietly(socket);
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            throw new IllegalStateException("cannot close " + closeable, e);
        }
    }
}
