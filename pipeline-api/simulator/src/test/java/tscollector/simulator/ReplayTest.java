package tscollector.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReplayTest {
    private final TorchServeSimulator server = TorchServeSimulator.builder().start();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void sendsCapturedBytesAsTheyAre() {
        server.replay(Api.METRICS, "/metrics", Capture.bytes("environment/n03-metrics-latin1.http"));

        assertThat(RawClient.get(server, Api.METRICS, "/metrics?name[]=x").text())
                .isEqualTo(Capture.text("environment/n03-metrics-latin1.http"));
    }

    @Test
    void endsTheConnectionAsTheCaptureSays() throws IOException {
        server.replay(Api.METRICS, "/gone", Capture.resource("prometheus/e13-404-closes.http"));

        assertThat(RawClient.sendToTheEnd(server, Api.METRICS, "GET", "/gone").ending())
                .isEqualTo(Reply.Ending.RESET);
    }

    @Test
    void keepsToOnePathOfOneApiAndEnds() {
        server.replay(Api.INFERENCE, "/ping", Capture.bytes("prometheus/i06-ping-unhealthy.http"));

        assertThat(RawClient.get(server, Api.INFERENCE, "/ping").status()).isEqualTo(500);
        assertThat(RawClient.get(server, Api.MANAGEMENT, "/models").status()).isEqualTo(200);
        server.replay(Api.INFERENCE, "/ping", Capture.bytes("prometheus/a01-ping-healthy.http"));
        assertThat(RawClient.get(server, Api.INFERENCE, "/ping").text())
                .isEqualTo(Capture.text("prometheus/a01-ping-healthy.http"));
        server.stopReplay(Api.INFERENCE, "/ping");
        server.setHealthy(false);
        assertThat(RawClient.get(server, Api.INFERENCE, "/ping").status()).isEqualTo(500);
    }

    @Test
    void refusesWhatIsNoResponse() {
        assertThatThrownBy(() -> server.replay(Api.METRICS, "/metrics", "no head".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no end of headers");
        assertThatThrownBy(() -> server.replay(Api.METRICS, "/metrics", "/nosuch.http"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("/nosuch.http");
    }
}
