package tscollector.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The simulator as an ordinary HTTP client sees it. */
class HttpClientTest {
    private final TorchServeSimulator server =
            TorchServeSimulator.builder().model(CapturedServers.REGRESSION_1).start();
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void readsEveryBodyOfAnErrorInSpiteOfTheReset() throws Exception {
        for (int i = 0; i < 50; i++) {
            HttpResponse<String> response = get(Api.MANAGEMENT, "/models/nosuch");

            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(response.body()).contains("\"Model not found: nosuch\"");
        }
    }

    @Test
    void ignoresAnOfferOfHttp2() throws Exception {
        HttpResponse<String> response = get(Api.INFERENCE, "/ping");

        assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
        assertThat(server.requests().get(0).header("upgrade")).contains("h2c");
    }

    @Test
    void keepsOneConnectionForManyRequests() throws Exception {
        for (int i = 0; i < 20; i++) {
            assertThat(get(Api.METRICS, "/metrics").statusCode()).isEqualTo(200);
        }
        assertThat(server.requests(Api.METRICS)).hasSize(20);
    }

    @Test
    void answersHeadWithoutABody() throws Exception {
        HttpRequest head = HttpRequest.newBuilder(server.url(Api.METRICS).resolve("/metrics"))
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build();

        HttpResponse<String> response = client.send(head, HttpResponse.BodyHandlers.ofString());

        assertThat(response.body()).isEmpty();
        assertThat(response.headers().firstValueAsLong("content-length").orElseThrow())
                .isGreaterThan(1_000);
    }

    @Test
    void takesBodiesOfPredictions() throws Exception {
        HttpRequest post = HttpRequest.newBuilder(server.url(Api.INFERENCE).resolve("/predictions/linear_regression"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"x\": 1}".repeat(10_000)))
                .build();

        assertThat(client.send(post, HttpResponse.BodyHandlers.ofString()).body())
                .contains("\"version\": \"1.0\"");
    }

    @Test
    void runsIntoItsTimeoutWhenTheServerHangs() {
        server.fault(Api.INFERENCE, "/ping", new Fault.Hang());

        assertThatThrownBy(() -> get(Api.INFERENCE, "/ping", Duration.ofMillis(200)))
                .isInstanceOf(HttpTimeoutException.class);
    }

    static Stream<Fault> faultsThatBreakAResponse() {
        return Stream.of(
                new Fault.RefuseConnections(),
                new Fault.ResetAtOnce(),
                new Fault.ResetMidBody(10),
                new Fault.ContentLengthOff(5),
                new Fault.Garbage("not http at all\r\n\r\n"));
    }

    @ParameterizedTest
    @MethodSource("faultsThatBreakAResponse")
    void failsOnABrokenResponseAndRecovers(Fault fault) throws Exception {
        server.fault(Api.INFERENCE, "/ping", fault);
        assertThatThrownBy(() -> get(Api.INFERENCE, "/ping")).isInstanceOf(IOException.class);

        server.clearFaults();
        assertThat(get(Api.INFERENCE, "/ping").statusCode()).isEqualTo(200);
    }

    static Stream<Fault> faultsThatLeaveTheBodyAlone() {
        return Stream.of(
                new Fault.Delay(Duration.ofMillis(20)),
                new Fault.NoContentLength(),
                new Fault.Chunked(3),
                new Fault.Drip(5_000),
                new Fault.ContentType("application/octet-stream"),
                new Fault.FromPage(0, new Fault.Chunked(1_000)));
    }

    @ParameterizedTest
    @MethodSource("faultsThatLeaveTheBodyAlone")
    void readsTheSameBodyThroughHarmlessFaults(Fault fault) throws Exception {
        server.fault(Api.INFERENCE, "/ping", fault);

        assertThat(get(Api.INFERENCE, "/ping").body()).isEqualTo("{\n  \"status\": \"Healthy\"\n}\n");
        assertThat(get(Api.INFERENCE, "/ping").statusCode()).isEqualTo(200);
    }

    @Test
    void followsARedirectToAnotherApi() throws Exception {
        server.fault(Api.INFERENCE, "/ping", new Fault.Redirect(307, server.url(Api.MANAGEMENT) + "/models"));
        HttpClient following = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.ALWAYS)
                .build();
        URI ping = server.url(Api.INFERENCE).resolve("/ping");

        HttpResponse<String> response =
                following.send(HttpRequest.newBuilder(ping).build(), HttpResponse.BodyHandlers.ofString());

        assertThat(response.body()).contains("linear_regression_1_0.mar");
    }

    private HttpResponse<String> get(Api api, String path) throws IOException, InterruptedException {
        return get(api, path, Duration.ofSeconds(20));
    }

    private HttpResponse<String> get(Api api, String path, Duration timeout) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.url(api).resolve(path))
                .timeout(timeout)
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
