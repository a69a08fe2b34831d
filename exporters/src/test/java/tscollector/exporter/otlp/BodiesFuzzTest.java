package tscollector.exporter.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.time.Duration;

/** Whatever a backend answers: an answer or an IOException, never anything else. */
class BodiesFuzzTest {
    @FuzzTest
    void anyBytesAreReadOrRefused(byte[] body) {
        try {
            Answer answer = Bodies.exportResponse(body);
            assertThat(answer.rejected()).isNotNegative();
            assertThat(answer.note().length()).isLessThanOrEqualTo(200);
        } catch (IOException e) {
            assertThat(e.getMessage()).startsWith("not protobuf");
        }
        Duration delay = Bodies.retryDelay(body);
        if (delay != null) {
            assertThat(delay).isBetween(Duration.ZERO, Duration.ofDays(1));
        }
        String message = Bodies.statusMessage(body);
        assertThat(message == null || message.length() <= 200).isTrue();
    }
}
