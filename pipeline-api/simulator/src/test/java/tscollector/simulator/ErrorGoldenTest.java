package tscollector.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorGoldenTest {
    private static TorchServeSimulator server;

    @BeforeAll
    static void start() {
        server = CapturedServers.busy();
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "a01-ping-healthy, INFERENCE, GET, /ping",
        "c01-404-inference, INFERENCE, GET, /nosuch",
        "c02-404-management, MANAGEMENT, GET, /nosuch",
        "c03-404-metrics, METRICS, GET, /nosuch",
        "c04-404-model, MANAGEMENT, GET, /models/nosuch",
        "c05-404-version, MANAGEMENT, GET, /models/linear_regression/7",
        "c06-404-all, MANAGEMENT, GET, /models/nosuch/all",
        "c07-405-models, MANAGEMENT, PATCH, /models",
        "c08-405-model, MANAGEMENT, POST, /models/linear_regression",
        "c09-405-root, MANAGEMENT, GET, /",
        "c10-405-root-metrics, METRICS, GET, /",
        "c11-models-on-inference, INFERENCE, GET, /models",
        "c12-metrics-on-management, MANAGEMENT, GET, /metrics",
        "c13-metrics-on-inference, INFERENCE, GET, /metrics",
        "c14-ping-on-management, MANAGEMENT, GET, /ping",
        "c15-ping-on-metrics, METRICS, GET, /ping",
        "c23-post-ping, INFERENCE, POST, /ping",
        "c24-head-ping, INFERENCE, HEAD, /ping",
        "c26-slash-models, MANAGEMENT, GET, /models/",
        "c27-describe-deep, MANAGEMENT, GET, /models/linear_regression/1.0/x",
        "d01-v1-ready, MANAGEMENT, GET, /v1/models/linear_regression",
        "d02-v1-ready-noworkers, MANAGEMENT, GET, /v1/models/noop",
        "d03-v2-off, INFERENCE, GET, /v2/health/ready",
        "b03-predict-unknown-model, INFERENCE, POST, /predictions/nosuch",
        "b04-predict-unknown-version, INFERENCE, POST, /predictions/linear_regression/7",
        "b16-get-predict, INFERENCE, GET, /predictions/linear_regression",
        "f02-predict-slash, INFERENCE, POST, /predictions/sla%2Fsh",
        "a22-predict-noworkers, INFERENCE, POST, /predictions/noop",
        "e13-404-closes, METRICS, GET, /nosuch",
    })
    void answersAsTheRealServer(String capture, Api api, String method, String target) {
        Reply reply = RawClient.send(server, api, method, target);

        if (method.equals("HEAD")) {
            assertThat(reply.latin1Body()).isEmpty();
            assertThat(reply.head().replaceAll("x-request-id: \\S+", ""))
                    .isEqualTo(Capture.text("prometheus/" + capture + ".http")
                            .strip()
                            .replaceAll("x-request-id: \\S+", ""));
        } else {
            Capture.assertSame(reply, "prometheus/" + capture + ".http");
        }
    }

    @Test
    void refusesWhatIsNoHttpAsTheRealServer() throws IOException {
        try (RawClient client = new RawClient(server.port(Api.MANAGEMENT))) {
            client.write("GE T /models HTTP/1.1\r\nHost: x\r\n\r\n");

            Capture.assertSame(client.read(false), "prometheus/c28-badrequest.http");
        }
    }

    @Test
    void answersABodyOverTheLimitWithoutAnyAndLeavesTheConnectionOpen() throws IOException {
        double before = server.metricValue("Requests4XX", List.of("Host", "ts-host"));

        try (RawClient client = new RawClient(server.port(Api.INFERENCE))) {
            Reply reply = client.send("POST", "/predictions/linear_regression", "Content-Length: 7000000");

            assertThat(reply.text()).isEqualTo(Capture.text("prometheus/b17-too-large.http"));
            assertThat(client.staysOpen()).isTrue();
        }
        assertThat(server.metricValue("Requests4XX", List.of("Host", "ts-host")))
                .isEqualTo(before);
    }

    @Test
    void resetsTheConnectionAfterEveryErrorOnly() throws IOException {
        assertThat(RawClient.sendToTheEnd(server, Api.METRICS, "GET", "/nosuch").ending())
                .isEqualTo(Reply.Ending.RESET);
        try (RawClient client = new RawClient(server.port(Api.METRICS))) {
            assertThat(client.send("GET", "/metrics", "Connection: close").status())
                    .isEqualTo(200);
            assertThat(client.staysOpen()).isTrue();
        }
    }

    @Test
    void answersHttp10WithHttp11AndStaysOpen() throws IOException {
        try (RawClient client = new RawClient(server.port(Api.INFERENCE))) {
            client.write("GET /ping HTTP/1.0\r\nHost: x\r\n\r\n");

            Capture.assertSame(client.read(false), "prometheus/a01-ping-healthy.http");
            assertThat(client.staysOpen()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"INFERENCE, /, OPTIONS", "MANAGEMENT, /api-description, GET", "METRICS, /, OPTIONS"})
    void tellsItsVersionOnEveryAddress(Api api, String target, String method) {
        Reply reply = RawClient.send(server, api, method, target);

        String captured = Capture.text("prometheus/c18-options-root-metrics.http");
        int paths = captured.indexOf("\"paths\": {");
        int start = captured.indexOf("\r\n\r\n") + 4;
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).startsWith(captured.substring(start, paths)).endsWith("\"paths\": {}\n}\n");
    }

    @Test
    void tellsItsVersionForOneModelToo() {
        Reply reply = RawClient.send(server, Api.MANAGEMENT, "OPTIONS", "/models/linear_regression");

        String captured = Capture.text("prometheus/c20-options-model.http");
        int start = captured.indexOf("\r\n\r\n") + 4;
        assertThat(reply.body()).startsWith(captured.substring(start, captured.indexOf("\"paths\": {")));
    }
}
