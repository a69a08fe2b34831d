package tscollector.extension.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tscollector.component.ComponentId;
import tscollector.component.Deadline;
import tscollector.component.Kind;
import tscollector.component.StartException;
import tscollector.component.Status;
import tscollector.config.Problems;
import tscollector.testkit.ManualScheduler;
import tscollector.testkit.TestContext;
import tscollector.time.Scheduler;

@Timeout(60)
class HealthCheckExtensionTest {
    private final TestContext test = new TestContext("health_check");
    private final RealThreads threads = new RealThreads(test.scheduler());
    private HealthCheckExtension extension;

    @AfterEach
    void stop() {
        if (extension != null) {
            extension.shutdown(soon());
        }
        threads.pool.shutdownNow();
    }

    @Test
    void isNotAvailableUntilAllComponentsRunAndWhileTheyStop() throws Exception {
        start("/");
        assertThat(get("/").statusCode()).isEqualTo(503);
        assertThat(get("/").body()).isEqualTo("{\"status\":\"Server not available\",\"components\":[]}");

        extension.ready();
        test.scheduler().advance(Duration.ofMillis(49_013));
        HttpResponse<String> up = get("/");
        extension.notReady();
        HttpResponse<String> stopping = get("/");

        assertThat(up.statusCode()).isEqualTo(200);
        assertThat(up.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(up.body())
                .isEqualTo(
                        "{\"status\":\"Server available\",\"upSince\":\"2026-01-01T00:00:00Z\",\"uptime\":\"49.013s\",\"components\":[]}");
        assertThat(stopping.statusCode()).isEqualTo(503);
    }

    @Test
    void namesTheComponentsInTroubleAndStaysAvailable() throws Exception {
        start("/");
        extension.ready();
        extension.statusChanged(
                Kind.EXPORTER,
                ComponentId.parse("otlp_http/b"),
                Status.recoverable("answered \"503\"\n" + "x".repeat(300)));
        extension.statusChanged(Kind.RECEIVER, ComponentId.parse("torchserve"), Status.permanent("gone"));

        HttpResponse<String> troubled = get("/");
        extension.statusChanged(Kind.RECEIVER, ComponentId.parse("torchserve"), Status.ok());
        extension.statusChanged(Kind.EXPORTER, ComponentId.parse("otlp_http/b"), Status.ok());

        assertThat(troubled.statusCode()).isEqualTo(200);
        assertThat(troubled.body())
                .contains(
                        "{\"kind\":\"receiver\",\"id\":\"torchserve\",\"status\":\"permanent_error\",\"message\":\"gone\"}")
                .contains("{\"kind\":\"exporter\",\"id\":\"otlp_http/b\",\"status\":\"recoverable_error\","
                        + "\"message\":\"answered \\\"503\\\"\\nxxx")
                .contains("x...\"")
                .hasSizeLessThan(500);
        assertThat(get("/").body()).endsWith("\"components\":[]}");
    }

    @Test
    void answersOnEveryPathUnlessOneIsSet() throws Exception {
        start("/");
        assertThat(get("/healthz").statusCode()).isEqualTo(503);
        extension.shutdown(soon());

        start("/health/status");
        assertThat(get("/health/status?verbose").statusCode()).isEqualTo(503);
        assertThat(get("/").statusCode()).isEqualTo(404);
        assertThat(get("/health/status/deeper").statusCode()).isEqualTo(404);
    }

    @Test
    void answersHeadWithoutBodyAndRefusesOtherMethods() throws Exception {
        start("/");

        HttpResponse<String> head = send("/", "HEAD");
        HttpResponse<String> post = send("/", "POST");

        assertThat(head.statusCode()).isEqualTo(503);
        assertThat(head.body()).isEmpty();
        assertThat(post.statusCode()).isEqualTo(405);
        assertThat(post.headers().firstValue("Allow")).contains("GET, HEAD");
    }

    @Test
    void saysWhatToDoWhenThePortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
            String endpoint = "localhost:" + taken.getLocalPort();

            assertThatThrownBy(() -> extension(endpoint, "/").start(test.host()))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("cannot listen on " + endpoint)
                    .hasMessageContaining("in use")
                    .hasMessageContaining("a port that no process uses");
        }
        for (String endpoint : List.of("x".repeat(300) + ":1", "203.0.113.1:0", "localhost", "localhost:70000")) {
            assertThatThrownBy(() -> extension(endpoint, "/").start(test.host()))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("cannot listen on " + endpoint);
        }
    }

    @Test
    void understandsIpv6AndAnEmptyHost() throws Exception {
        for (String endpoint : List.of("[::1]:0", ":0")) {
            HealthCheckExtension other = extension(endpoint, "/");
            try {
                other.start(test.host());
                assertThat(other.port()).isPositive();
            } catch (StartException e) {
                assertThat(e).hasMessageContaining("Cannot assign"); // a machine without IPv6
            } finally {
                other.shutdown(soon());
            }
        }
    }

    @Test
    void givesThePortBackAndMayBeShutDownTwice() throws Exception {
        start("/");
        int port = extension.port();
        extension.shutdown(soon());
        extension.shutdown(soon());

        new ServerSocket(port, 1, InetAddress.getByName("localhost")).close();
    }

    @Test
    void letsNoSlowClientHoldItsThreads() throws Exception {
        start("/");
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < ProbeServer.MAX_REQUESTS; i++) {
            Socket socket = new Socket(InetAddress.getByName("localhost"), extension.port());
            socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\nX-Slow".getBytes(StandardCharsets.US_ASCII));
            slow.add(socket);
        }
        Awaitility.await().until(() -> threads.running.get() == ProbeServer.MAX_REQUESTS);

        assertThat(isCutOff()).isTrue(); // one more than there are places for
        test.scheduler().advance(ProbeServer.LONGEST_REQUEST);
        Awaitility.await().until(() -> threads.running.get() == 0);

        assertThat(get("/").statusCode()).isEqualTo(503); // answered again, and by threads that are not interrupted
        for (Socket socket : slow) {
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
            socket.close();
        }
        Awaitility.await().until(() -> test.scheduler().timerCount() == 0);
    }

    @Test
    void refusesAUrlAndAPathWithoutSlash() {
        Problems problems = new Problems();
        new HealthCheckConfig("http://localhost:1", "health").validate(problems);
        HealthCheckConfig.defaults().validate(problems);

        assertThat(problems.all())
                .extracting(problem -> problem.path() + " " + problem.text())
                .containsExactly("endpoint must be host:port, without http://", "path must begin with /");
    }

    private boolean isCutOff() throws Exception {
        try (Socket socket = new Socket(InetAddress.getByName("localhost"), extension.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            return in.read() < 0;
        } catch (SocketException reset) {
            return true;
        }
    }

    private void start(String path) throws Exception {
        extension = extension("localhost:0", path);
        extension.start(test.host());
    }

    private HealthCheckExtension extension(String endpoint, String path) {
        return new HealthCheckExtension(
                test.build(threads, test.scheduler().clock()), new HealthCheckConfig(endpoint, path));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(path, "GET");
    }

    private HttpResponse<String> send(String path, String method) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + extension.port() + path))
                                .method(method, HttpRequest.BodyPublishers.noBody())
                                .version(HttpClient.Version.HTTP_1_1)
                                .timeout(Duration.ofSeconds(20))
                                .build(),
                        BodyHandlers.ofString());
    }

    private Deadline soon() {
        return Deadline.in(Duration.ofSeconds(1), test.scheduler().clock());
    }

    /** Real threads, and timers in the hands of the test. */
    private static final class RealThreads implements Scheduler {
        private final ExecutorService pool = Executors.newCachedThreadPool();
        private final AtomicInteger running = new AtomicInteger();
        private final ManualScheduler timers;

        RealThreads(ManualScheduler timers) {
            this.timers = timers;
        }

        @Override
        public void execute(Runnable task) {
            timers.execute(task);
        }

        @Override
        public void executeBlocking(Runnable task) {
            pool.execute(() -> {
                running.incrementAndGet();
                try {
                    task.run();
                } finally {
                    running.decrementAndGet();
                }
            });
        }

        @Override
        public Cancellable schedule(Duration delay, Runnable task) {
            return timers.schedule(delay, task);
        }
    }
}
