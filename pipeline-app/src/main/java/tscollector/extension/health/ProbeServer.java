package tscollector.extension.health;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tscollector.time.Scheduler;

/**
 * Answers GET and HEAD on one path.
 *
 * <p>Threads: the JDK's server has one of its own that accepts; each request is read and answered on a thread of the scheduler
 * for blocking work. A client that sends or reads slowly is cut off by interrupting that thread, which closes its connection.
 */
final class ProbeServer {
    /** A probe takes milliseconds, so more at a time are no probes; their connections are closed. */
    static final int MAX_REQUESTS = 16;

    static final Duration LONGEST_REQUEST = Duration.ofSeconds(10);
    private static final int BACKLOG = 50;
    private static final int NO_BODY = -1; // what the JDK's server wants to hear

    private final HttpServer server;
    private final String path;
    private final Supplier<Answer> answers;
    private final Scheduler scheduler;
    private final Semaphore places = new Semaphore(MAX_REQUESTS);

    private ProbeServer(HttpServer server, String path, Supplier<Answer> answers, Scheduler scheduler) {
        this.server = server;
        this.path = path;
        this.answers = answers;
        this.scheduler = scheduler;
    }

    /**
     * Opens the port and begins to answer.
     *
     * @param path {@code /} stands for every path
     * @throws IOException if the address cannot be had
     */
    static ProbeServer open(InetSocketAddress address, String path, Supplier<Answer> answers, Scheduler scheduler)
            throws IOException {
        ProbeServer probes = new ProbeServer(HttpServer.create(address, BACKLOG), path, answers, scheduler);
        probes.server.setExecutor(probes::runApart);
        probes.server.createContext("/", probes::answer);
        probes.server.start();
        return probes;
    }

    /** Where it listens. */
    InetSocketAddress address() {
        return server.getAddress();
    }

    /** Closes the port and all connections. */
    void close() {
        server.stop(0);
    }

    private void runApart(Runnable exchange) {
        if (!places.tryAcquire()) {
            throw new RejectedExecutionException("too many requests at a time"); // the server closes the connection
        }
        try {
            scheduler.executeBlocking(() -> runInTime(exchange));
        } catch (RuntimeException e) {
            places.release();
            throw e;
        }
    }

    private void runInTime(Runnable exchange) {
        Interruption interruption = new Interruption(Thread.currentThread());
        Scheduler.Cancellable timer = scheduler.schedule(LONGEST_REQUEST, interruption::interrupt);
        try {
            exchange.run();
        } finally {
            timer.cancel();
            interruption.end();
            places.release();
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            if (!path.equals("/") && !path.equals(exchange.getRequestURI().getPath())) {
                exchange.sendResponseHeaders(404, NO_BODY);
            } else if (method.equals("GET") || method.equals("HEAD")) {
                send(answers.get(), exchange, method.equals("GET"));
            } else {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                exchange.sendResponseHeaders(405, NO_BODY);
            }
        }
    }

    private static void send(Answer answer, HttpExchange exchange, boolean withBody) throws IOException {
        byte[] body = answer.json().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(answer.code(), withBody ? body.length : NO_BODY);
        if (withBody) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }

    /** Interrupts a thread as long as that works on the one thing it is meant for. */
    private static final class Interruption {
        private @Nullable Thread thread; // guarded by this; null once the work has ended

        Interruption(Thread thread) {
            this.thread = thread;
        }

        synchronized void interrupt() {
            if (thread != null) {
                thread.interrupt();
            }
        }

        synchronized void end() {
            thread = null;
            Thread.interrupted(); // so that the thread's next work does not get what this was meant for
        }
    }
}
