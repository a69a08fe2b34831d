package tscollector.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerTest {
    @ParameterizedTest
    @CsvSource({
        "200, false, OK",
        "302, false, Found",
        "399, false, Redirection (399)",
        "400, true, Bad Request",
        "418, true, Client Error (418)",
        "507, true, Insufficient Storage",
        "513, true, Server Error (513)",
    })
    void closesFrom400On(int status, boolean closes, String reason) {
        Answer answer = Answer.json(status, "id", Map.of());

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.closes()).isEqualTo(closes);
        assertThat(head(answer))
                .startsWith("HTTP/1.1 " + status + " " + reason + "\r\n")
                .endsWith("connection: " + (closes ? "close" : "keep-alive") + "\r\n\r\n");
    }

    @Test
    void hasTheHeadersOfTheRealServerInItsOrder() {
        assertThat(head(Answer.of(200, "", "text/plain", "some-id", new byte[3]))
                        .split("\r\n", -1))
                .containsExactly(
                        "HTTP/1.1 200 ",
                        "content-type: text/plain",
                        "x-request-id: some-id",
                        "Pragma: no-cache",
                        "Cache-Control: no-cache; no-store, must-revalidate, private",
                        "Expires: Thu, 01 Jan 1970 00:00:00 UTC",
                        "content-length: 3",
                        "connection: keep-alive",
                        "",
                        "");
    }

    @Test
    void countsTheLengthInBytes() {
        assertThat(head(Answer.json(200, "id", "\u6f22"))).contains("content-length: 6\r\n");
    }

    @Test
    void replacesRemovesAndAddsHeaders() {
        Answer answer = Answer.of(200, "OK", "text/plain", "", new byte[0]);

        assertThat(head(answer.withHeader("Content-Type", "text/html"))).contains("\r\nContent-Type: text/html\r\n");
        assertThat(head(answer.withHeader("content-type", ""))).doesNotContain("content-type");
        assertThat(head(answer.withHeader("location", "/x"))).endsWith("location: /x\r\n\r\n");
        assertThat(head(answer.withHeader("content", "x"))).contains("content-type: text/plain\r\n");
    }

    @Test
    void leavesCapturedBytesAlone() {
        byte[] bytes =
                "HTTP/1.1 404 Whatever\r\nConnection: Close\r\n\r\n\u00ff\u0000".getBytes(StandardCharsets.ISO_8859_1);
        Answer answer = Answer.raw(bytes);

        assertThat(head(answer) + new String(answer.body(), StandardCharsets.ISO_8859_1))
                .isEqualTo(new String(bytes, StandardCharsets.ISO_8859_1));
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.closes()).isTrue();
    }

    @Test
    void keepsLengthAndBodyTogetherWhenTheBodyChanges() {
        Answer answer = Answer.json(200, "id", Map.of()).withBody(new byte[12]);

        assertThat(head(answer)).contains("content-length: 12\r\n");
        assertThat(answer.body()).hasSize(12);
    }

    private static String head(Answer answer) {
        return new String(answer.headBytes(), StandardCharsets.ISO_8859_1);
    }
}
