package tscollector.testkit.datadog;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;

/** A {@link DatadogIntake} behind HTTP on a free port of the loopback interface. */
public final class DatadogServer implements AutoCloseable {
    /** Requests that may hang at once, in a test that makes them hang. */
    private static final int THREADS = 8;

    static {
        // The JDK's server reads it once; without it an answer may wait 40 ms for the client's acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final DatadogIntake intake;
    private final HttpServer server;
    private final ForkJoinPool threads = new ForkJoinPool(THREADS);
    private final CountDownLatch closed = new CountDownLatch(1);

    private DatadogServer(DatadogIntake intake, HttpServer server) {
        this.intake = intake;
        this.server = server;
    }

    /** A server that answers as {@code intake} does. */
    public static DatadogServer start(DatadogIntake intake) {
        try {
            HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            DatadogServer server = new DatadogServer(intake, http);
            http.createContext("/", server::handle);
            http.setExecutor(server.threads);
            http.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For {@code metrics.endpoint} and {@code logs.endpoint}. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> headers = new HashMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
            byte[] body = exchange.getRequestBody().readAllBytes();
            IntakeAnswer answer = intake.answer(new IntakeRequest(
                    exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers, body));
            if (!comesInTime(answer) || answer.status() == 0) {
                return; // the connection is closed with the exchange
            }
            answer.headers()
                    .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
            byte[] text = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.status(), text.length == 0 ? -1 : text.length);
            if (text.length > 0) {
                exchange.getResponseBody().write(text);
            }
        }
    }

    /** Waits as told; false if the server is closed meanwhile. */
    private boolean comesInTime(IntakeAnswer answer) {
        try {
            return answer.delay().isZero() || !closed.await(answer.delay().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
