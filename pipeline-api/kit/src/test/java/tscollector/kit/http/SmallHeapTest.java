package tscollector.kit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.common.Clock;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tscollector.component.BuildContext;
import tscollector.kit.http.HttpAsk.KeyRole;
import tscollector.kit.time.SystemScheduler;
import tscollector.testkit.TestContext;

/** Fifty hostile servers at once against a process with 128 MiB of heap: no memory runs out and the good server is heard. */
class SmallHeapTest {
    private static final int HOSTILE_CALLS = 50;
    private static final int ROUNDS = 2;

    @Test
    @Timeout(90)
    void aSmallProcessSurvivesHostileServers() throws Exception {
        byte[] block = new byte[64 << 10];
        byte[] bomb = bomb();
        byte[] longLine = ("# " + "x".repeat(10 << 20) + "\n").getBytes(StandardCharsets.US_ASCII);
        try (RawServer server = RawServer.start((request, to) -> {
            switch (request.line()) {
                case "GET /endless HTTP/1.1" -> {
                    to.send("HTTP/1.1 200 OK\r\n\r\n");
                    while (true) {
                        to.send(block);
                    }
                }
                case "GET /bomb HTTP/1.1" -> {
                    to.send("HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: " + bomb.length + "\r\n\r\n");
                    to.send(bomb);
                }
                case "GET /line HTTP/1.1" -> {
                    to.send("HTTP/1.1 200 OK\r\ncontent-length: " + longLine.length + "\r\n\r\n");
                    to.send(longLine);
                }
                case "GET /head HTTP/1.1" -> {
                    to.send("HTTP/1.1 200 OK\r\n");
                    while (true) {
                        to.send("x: " + "y".repeat(4000) + "\r\n");
                    }
                }
                default -> to.ok("z".repeat(100_000));
            }
        })) {
            Process child = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx128m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+ExitOnOutOfMemoryError",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Child.class.getName(),
                            "http://127.0.0.1:" + server.port())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(child.waitFor()).as(output).isZero();
            assertThat(output)
                    .contains("good=" + ROUNDS)
                    .contains("body_too_large")
                    .doesNotContain("OutOfMemoryError");
            assertThat(peakResidentKibibytes(output)).as(output).isBetween(1L, 330L << 10);
        }
    }

    private static long peakResidentKibibytes(String output) {
        return output.lines()
                .filter(line -> line.startsWith("peak_kib="))
                .mapToLong(line -> Long.parseLong(line.substring("peak_kib=".length())))
                .findFirst()
                .orElse(1); // not on Linux
    }

    private static byte[] bomb() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            byte[] zeros = new byte[1 << 20];
            for (int mebibyte = 0; mebibyte < 100; mebibyte++) {
                zip.write(zeros);
            }
        }
        return out.toByteArray();
    }

    /** The process under test. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) throws Exception {
            String base = arguments[0];
            SystemScheduler scheduler = new SystemScheduler();
            BuildContext context = new TestContext("test/http").build(scheduler, Clock.getDefault());
            Map<String, Integer> ends = new ConcurrentHashMap<>();
            int good = 0;
            try (HttpCaller caller = HttpCallers.create(HttpClientConfig.defaults(), context)) {
                for (int round = 0; round < ROUNDS; round++) {
                    List<CompletableFuture<?>> calls = new ArrayList<>();
                    String[] kinds = {"/endless", "/bomb", "/line", "/head"};
                    for (int call = 0; call < HOSTILE_CALLS; call++) {
                        calls.add(send(caller, base + kinds[call % kinds.length], Duration.ofSeconds(5))
                                .handle((answer, failure) -> {
                                    if (answer != null) {
                                        answer.close();
                                    }
                                    String end = failure instanceof HttpFailure known
                                            ? known.type().word()
                                            : failure == null ? "ok" : failure.toString();
                                    return ends.merge(end, 1, Integer::sum);
                                }));
                    }
                    try (HttpAnswer answer =
                            send(caller, base + "/good", Duration.ofSeconds(10)).join()) {
                        good += answer.body().length == 100_000 ? 1 : 0;
                    }
                    calls.forEach(CompletableFuture::join);
                }
            }
            System.out.println("good=" + good + " " + new TreeMap<>(ends));
            Path status = Path.of("/proc/self/status");
            if (Files.exists(status)) {
                String peak = Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("VmHWM:"))
                        .map(line -> line.replaceAll("\\D", ""))
                        .collect(Collectors.joining());
                System.out.println("peak_kib=" + peak);
            }
            scheduler.close();
        }

        private static CompletableFuture<HttpAnswer> send(HttpCaller caller, String uri, Duration timeout) {
            return caller.send(HttpAsk.get(URI.create(uri), timeout, KeyRole.NONE))
                    .toCompletableFuture();
        }
    }
}
