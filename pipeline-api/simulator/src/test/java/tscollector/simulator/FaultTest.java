package tscollector.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tscollector.simulator.Api.INFERENCE;
import static tscollector.simulator.Api.MANAGEMENT;
import static tscollector.simulator.Api.METRICS;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultTest {
    private final TorchServeSimulator server =
            TorchServeSimulator.builder().model(CapturedServers.REGRESSION_1).start();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void refusesConnectionsUntilCleared() throws IOException {
        try (RawClient idle = new RawClient(server.port(METRICS))) {
            idle.send("GET", "/metrics");
            server.fault(METRICS, "*", new Fault.RefuseConnections());

            assertThat(idle.ending()).isEqualTo(Reply.Ending.RESET);
        }
        assertThatThrownBy(() -> new RawClient(server.port(METRICS))).hasCauseInstanceOf(ConnectException.class);
        assertThat(status(INFERENCE, "/ping")).isEqualTo(200);

        server.clearFaults();
        assertThat(status(METRICS, "/metrics")).isEqualTo(200);
    }

    @Test
    void refusesAgainAfterAcceptingAgain() {
        for (int round = 0; round < 3; round++) {
            server.fault(METRICS, "*", new Fault.RefuseConnections());
            server.fault(METRICS, "*", new Fault.RefuseConnections());
            assertThatThrownBy(() -> new RawClient(server.port(METRICS))).hasCauseInstanceOf(ConnectException.class);
            server.clearFaults();
            server.clearFaults();
            assertThat(status(METRICS, "/metrics")).isEqualTo(200);
        }
    }

    @Test
    void hangsWithoutAnAnswerAndLetsOthersThrough() throws IOException {
        server.fault(INFERENCE, "/ping", new Fault.Hang(), 1);
        try (RawClient client = new RawClient(server.port(INFERENCE))) {
            client.write(RawClient.request("GET", "/ping"));

            assertThat(client.staysOpen()).isTrue();
            assertThat(status(INFERENCE, "/ping")).isEqualTo(200);
        }
    }

    @Test
    void answersLate() {
        server.fault(INFERENCE, "/ping", new Fault.Delay(Duration.ofMillis(120)), 1);

        long start = System.nanoTime();
        assertThat(status(INFERENCE, "/ping")).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(120));
    }

    @Test
    void resetsInsteadOfAnAnswer() throws IOException {
        server.fault(METRICS, "/metrics", new Fault.ResetAtOnce());
        try (RawClient client = new RawClient(server.port(METRICS))) {
            client.write(RawClient.request("GET", "/metrics"));

            assertThat(client.ending()).isEqualTo(Reply.Ending.RESET);
        }
    }

    @Test
    void resetsInTheMiddleOfTheBody() throws IOException {
        server.fault(METRICS, "/metrics", new Fault.ResetMidBody(100));
        try (RawClient client = new RawClient(server.port(METRICS))) {
            client.write(RawClient.request("GET", "/metrics"));
            Reply head = client.read(true);

            assertThat(Integer.parseInt(head.header("content-length"))).isGreaterThan(2_000);
            assertThat(client.readBytes(100)).hasSize(100);
            assertThat(client.ending()).isEqualTo(Reply.Ending.RESET);
        }
    }

    @Test
    void promisesMoreThanItSends() throws IOException {
        server.fault(INFERENCE, "/ping", new Fault.ContentLengthOff(10));
        try (RawClient client = new RawClient(server.port(INFERENCE))) {
            client.write(RawClient.request("GET", "/ping"));

            assertThat(client.read(true).header("content-length")).isEqualTo("36");
            assertThat(client.readAll()).hasSize(26);
        }
    }

    @Test
    void sendsMoreThanItPromises() throws IOException {
        server.fault(INFERENCE, "/ping", new Fault.ContentLengthOff(-10));
        try (RawClient client = new RawClient(server.port(INFERENCE))) {
            Reply reply = client.send("GET", "/ping");

            assertThat(reply.body()).isEqualTo("{\n  \"status\": \"H");
            assertThat(new String(client.readBytes(10), StandardCharsets.UTF_8)).isEqualTo("ealthy\"\n}\n");
        }
    }

    @Test
    void leavesTheLengthOut() throws IOException {
        server.fault(INFERENCE, "/ping", new Fault.NoContentLength());
        try (RawClient client = new RawClient(server.port(INFERENCE))) {
            Reply reply = client.send("GET", "/ping");

            assertThat(reply.header("content-length")).isEmpty();
            assertThat(reply.body()).isEqualTo("{\n  \"status\": \"Healthy\"\n}\n");
        }
    }

    @Test
    void sendsAnEndlessBodyUntilTheClientLeaves() throws IOException {
        server.fault(METRICS, "/metrics", new Fault.EndlessBody("endless 1\n"));
        try (RawClient client = new RawClient(server.port(METRICS))) {
            client.write(RawClient.request("GET", "/metrics"));
            assertThat(client.read(true).header("content-length")).isEmpty();

            String read = new String(client.readBytes(5_000_000), StandardCharsets.UTF_8);

            assertThat(read).hasSize(5_000_000).startsWith("endless 1\nendless 1\n");
        }
    }

    @Test
    void sendsALittleThatUnpacksToALot() throws IOException {
        server.fault(METRICS, "/metrics", new Fault.GzipBomb(50_000_000));
        try (RawClient client = new RawClient(server.port(METRICS))) {
            client.write(RawClient.request("GET", "/metrics"));
            Reply head = client.read(true);
            byte[] packed = client.readAll();

            assertThat(head.header("content-encoding")).isEqualTo("gzip");
            assertThat(packed.length).isLessThan(100_000);
            assertThat(unpackedLength(packed)).isEqualTo(50_000_000);
        }
    }

    @Test
    void sendsOneVeryLongLine() throws IOException {
        server.fault(METRICS, "/metrics", new Fault.LongLine(10_000_000));
        try (RawClient client = new RawClient(server.port(METRICS))) {
            assertThat(client.send("GET", "/metrics").latin1Body())
                    .hasSize(10_000_000)
                    .doesNotContain("\n");
        }
    }

    @Test
    void putsBytesThatAreNoUtf8IntoText() {
        server.fault(MANAGEMENT, "/models", new Fault.InvalidUtf8());

        Reply reply = RawClient.get(server, MANAGEMENT, "/models");

        byte[] bytes = reply.latin1Body().getBytes(StandardCharsets.ISO_8859_1);
        assertThat(reply.header("content-length")).isEqualTo(Integer.toString(bytes.length));
        assertThatThrownBy(() -> StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)))
                .isInstanceOf(CharacterCodingException.class);
        assertThat(reply.latin1Body()).contains("linear_regression_1_0.mar\u00c3(");
    }

    @Test
    void sendsChunks() throws IOException {
        server.fault(INFERENCE, "/ping", new Fault.Chunked(10));
        try (RawClient client = new RawClient(server.port(INFERENCE))) {
            client.write(RawClient.request("GET", "/ping"));
            assertThat(client.read(true).header("transfer-encoding")).isEqualTo("chunked");

            assertThat(new String(client.readBytes(46), StandardCharsets.UTF_8))
                    .isEqualTo("a\r\n{\n  \"statu\r\na\r\ns\": \"Healt\r\n6\r\nhy\"\n}\n\r\n0\r\n\r\n");
            assertThat(client.staysOpen()).isTrue();
        }
    }

    @Test
    void answersWithAnyStatusAndBody() throws IOException {
        server.fault(MANAGEMENT, "/models", new Fault.Respond(502, "text/html", "<html>bad gateway</html>"), 1);

        Reply reply = RawClient.sendToTheEnd(server, MANAGEMENT, "GET", "/models");

        assertThat(reply.text()).startsWith("HTTP/1.1 502 Bad Gateway\r\ncontent-type: text/html\r\n");
        assertThat(reply.body()).isEqualTo("<html>bad gateway</html>");
        assertThat(reply.ending()).isEqualTo(Reply.Ending.RESET);
        assertThat(status(MANAGEMENT, "/models")).isEqualTo(200);
    }

    @Test
    void redirects() {
        server.fault(METRICS, "/metrics", new Fault.Redirect(302, "http://127.0.0.1:1/elsewhere"));

        Reply reply = RawClient.get(server, METRICS, "/metrics");

        assertThat(reply.status()).isEqualTo(302);
        assertThat(reply.header("location")).isEqualTo("http://127.0.0.1:1/elsewhere");
    }

    @Test
    void dripsTheAnswer() {
        server.fault(INFERENCE, "/ping", new Fault.Drip(2_000));

        long start = System.nanoTime();
        assertThat(RawClient.get(server, INFERENCE, "/ping").body()).contains("Healthy");
        // 292 bytes at 2000 a second.
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(80));
    }

    @Test
    void talksGarbage() throws IOException {
        server.fault(METRICS, "/metrics", new Fault.Garbage("SSH-2.0-OpenSSH\r\n\u00ff\u0000"));
        try (RawClient client = new RawClient(server.port(METRICS))) {
            client.write(RawClient.request("GET", "/metrics"));

            assertThat(client.readAll())
                    .isEqualTo("SSH-2.0-OpenSSH\r\n\u00ff\u0000".getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    @Test
    void changesOrDropsTheContentType() {
        server.fault(METRICS, "/metrics", new Fault.ContentType("text/html"), 1);
        assertThat(RawClient.get(server, METRICS, "/metrics").header("content-type"))
                .isEqualTo("text/html");

        server.fault(METRICS, "/metrics", new Fault.ContentType(""), 1);
        assertThat(RawClient.get(server, METRICS, "/metrics").header("content-type"))
                .isEmpty();
    }

    @Test
    void answersWithAnEmptyBody() {
        server.fault(MANAGEMENT, "/models", new Fault.EmptyBody());

        Reply reply = RawClient.get(server, MANAGEMENT, "/models");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("content-length")).isEqualTo("0");
    }

    @Test
    void repeatsThePageWhateverTheToken() {
        registerMany(5);
        server.fault(MANAGEMENT, "/models", new Fault.RepeatPage());

        String first = page("?limit=2");
        assertThat(first).contains("\"nextPageToken\": \"2\"");
        assertThat(page("?limit=2&next_page_token=2")).isEqualTo(first);
    }

    @Test
    void overlapsPagesAndStillComesToAnEnd() {
        registerMany(4);
        server.fault(MANAGEMENT, "/models", new Fault.OverlapPages(1));

        assertThat(page("?limit=3")).contains("linear_regression", "m0", "m1", "\"3\"");
        assertThat(page("?limit=3&next_page_token=3")).contains("m1", "m2", "m3", "\"5\"");
        assertThat(page("?limit=3&next_page_token=5")).contains("m3").doesNotContain("nextPageToken");
    }

    @Test
    void failsFromAPageOn() {
        registerMany(5);
        server.fault(MANAGEMENT, "/models", new Fault.FromPage(2, new Fault.Respond(500, "", "")), 1);

        assertThat(status(MANAGEMENT, "/models?limit=2")).isEqualTo(200);
        assertThat(status(MANAGEMENT, "/models?limit=2&next_page_token=2")).isEqualTo(500);
        assertThat(status(MANAGEMENT, "/models?limit=2&next_page_token=2")).isEqualTo(200);
    }

    @Test
    void playsFaultsOfAPathInOrderAndAsOftenAsScripted() {
        server.fault(INFERENCE, "/ping", new Fault.Respond(500, "", ""), 2);
        server.fault(INFERENCE, "/ping", new Fault.Respond(503, "", ""), 1);

        assertThat(List.of(
                        status(INFERENCE, "/ping"),
                        status(INFERENCE, "/ping"),
                        status(INFERENCE, "/ping"),
                        status(INFERENCE, "/ping")))
                .containsExactly(500, 500, 503, 200);
        assertThatThrownBy(() -> server.fault(INFERENCE, "/ping", new Fault.Hang(), 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void matchesPathExactTargetOrPrefix() {
        server.fault(MANAGEMENT, "/models/linear_regression/all", new Fault.Respond(500, "", ""));
        server.fault(MANAGEMENT, "/models?limit=7", new Fault.Respond(501, "", ""));
        server.fault(MANAGEMENT, "/models/nosuch*", new Fault.Respond(502, "", ""));

        assertThat(status(MANAGEMENT, "/models/linear_regression/all?x=1")).isEqualTo(500);
        assertThat(status(MANAGEMENT, "/models/linear_regression")).isEqualTo(200);
        assertThat(status(MANAGEMENT, "/models?limit=7")).isEqualTo(501);
        assertThat(status(MANAGEMENT, "/models?limit=8")).isEqualTo(200);
        assertThat(status(MANAGEMENT, "/models/nosuch/all")).isEqualTo(502);

        server.clearFaults();
        assertThat(status(MANAGEMENT, "/models?limit=7")).isEqualTo(200);
    }

    @Test
    void spoilsAReplayToo() {
        server.replay(METRICS, "/metrics", Capture.resource("prometheus/e01-metrics.http"));
        server.fault(METRICS, "/metrics", new Fault.EmptyBody(), 1);

        assertThat(RawClient.get(server, METRICS, "/metrics").body()).isEmpty();
        assertThat(RawClient.get(server, METRICS, "/metrics").text())
                .isEqualTo(Capture.text("prometheus/e01-metrics.http"));
    }

    @Test
    void closesWhileFaultsAreAtWork() throws IOException {
        server.fault(METRICS, "/metrics", new Fault.EndlessBody("x\n"));
        server.fault(INFERENCE, "/ping", new Fault.Delay(Duration.ofMinutes(5)));
        try (RawClient endless = new RawClient(server.port(METRICS));
                RawClient late = new RawClient(server.port(INFERENCE))) {
            endless.write(RawClient.request("GET", "/metrics"));
            late.write(RawClient.request("GET", "/ping"));
            endless.readBytes(1_000);

            long start = System.nanoTime();
            server.close();

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
            assertThatThrownBy(late::readAll).isInstanceOf(SocketException.class);
        }
    }

    private void registerMany(int count) {
        for (int i = 0; i < count; i++) {
            server.registerModel(ModelSettings.of("m" + i, "1.0", "m.mar").withWorkers(0, 0));
        }
    }

    private String page(String query) {
        return RawClient.get(server, MANAGEMENT, "/models" + query).body();
    }

    private int status(Api api, String target) {
        return RawClient.get(server, api, target).status();
    }

    private static long unpackedLength(byte[] packed) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            long length = 0;
            byte[] block = new byte[65_536];
            for (int read = in.read(block); read >= 0; read = in.read(block)) {
                length += read;
            }
            return length;
        }
    }
}
