package tscollector.exporter.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsPartialSuccess;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodiesTest {
    @Test
    void readsPartialSuccess() throws Exception {
        byte[] body = ExportMetricsServiceResponse.newBuilder()
                .setPartialSuccess(ExportMetricsPartialSuccess.newBuilder()
                        .setRejectedDataPoints(Long.MAX_VALUE)
                        .setErrorMessage("two\nlines"))
                .build()
                .toByteArray();

        assertThat(Bodies.exportResponse(body)).isEqualTo(Answer.taken(Long.MAX_VALUE, "two lines"));
        assertThat(Bodies.exportResponse(new byte[0])).isEqualTo(Answer.taken(0, ""));
    }

    @Test
    void passesOverFieldsItDoesNotKnow() throws Exception {
        byte[] future = {
            0x10,
            0x05, // field 2, number 5
            0x1d,
            1,
            2,
            3,
            4, // field 3, fixed32
            0x21,
            1,
            2,
            3,
            4,
            5,
            6,
            7,
            8, // field 4, fixed64
            0x0a,
            0x02,
            0x08,
            0x03 // partial_success {rejected: 3}
        };

        assertThat(Bodies.exportResponse(future)).isEqualTo(Answer.taken(3, ""));
    }

    @Test
    void aNegativeCountRejectsNothing() throws Exception {
        byte[] body = {0x0a, 11, 0x08, -1, -1, -1, -1, -1, -1, -1, -1, -1, 1};
        assertThat(Bodies.exportResponse(body).rejected()).isZero();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "0a, a length is missing",
        "0a0561, longer than the message",
        "0b, a group which is not used",
        "0000, field 0",
        "3c68746d6c3e, <html>",
        "08, a number is missing",
        "1901, half of a fixed64"
    })
    void otherBytesAreNoMessage(String hex, String why) {
        assertThatThrownBy(() -> Bodies.exportResponse(HexFormat.of().parseHex(hex)))
                .as(why)
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("not protobuf");
    }

    @Test
    void aNumberOfMoreThanTenBytesIsNone() {
        byte[] body = {8, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 1};
        assertThatThrownBy(() -> Bodies.exportResponse(body)).hasMessage("not protobuf: a number is too long");
    }

    @Test
    void readsStatusMessagesAndRetryDelays() throws Exception {
        byte[] status = OtlpGrpcExporterTest.retryInfo(3, 250_000_000).toByteArray();

        assertThat(Bodies.statusMessage(status)).isEqualTo("slow down");
        assertThat(Bodies.retryDelay(status)).isEqualTo(Duration.ofMillis(3_250));
        assertThat(Bodies.retryDelay(new byte[0])).isNull();
        assertThat(Bodies.retryDelay(new byte[] {0x1a, 9})).isNull();
        assertThat(Bodies.statusMessage(new byte[] {0x7f})).isNull();
    }

    @Test
    void textsFromOutsideAreShortAndOnOneLine() {
        assertThat(Bodies.oneLine(" a\r\n\tb\u0007c ")).isEqualTo("a b c");
        assertThat(Bodies.oneLine("x".repeat(300))).hasSize(200).endsWith("...");
    }
}
