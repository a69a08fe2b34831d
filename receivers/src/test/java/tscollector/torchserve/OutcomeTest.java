package tscollector.torchserve;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tscollector.kit.http.HttpAnswer;
import tscollector.kit.http.HttpFailure;

class OutcomeTest {
    @ParameterizedTest
    @CsvSource({
        "200, OK,          ",
        "204, OK,          ",
        "302, INVALID,     REDIRECT",
        "400, UNHEALTHY,   CLIENT_ERROR",
        "401, AUTH_FAILED, UNAUTHORIZED",
        "403, AUTH_FAILED, FORBIDDEN",
        "404, UNHEALTHY,   CLIENT_ERROR",
        "500, UNHEALTHY,   SERVER_ERROR",
        "503, UNHEALTHY,   SERVER_ERROR"
    })
    void judgesAStatus(int status, ApiState state, ErrorType type) {
        Outcome outcome = Outcome.ofStatus(answer(status, "InvalidKey".getBytes(StandardCharsets.UTF_8)));

        assertThat(outcome.state()).isEqualTo(state);
        assertThat(outcome.errorType()).isEqualTo(type);
        assertThat(outcome.message().isEmpty()).isEqualTo(state == ApiState.OK);
    }

    @Test
    void recognisesThatTorchServeWantsAKey() {
        FakeHttp.Reply reply = Captures.reply("token/t01-ping-notoken");
        Outcome outcome = Outcome.ofStatus(answer(reply.status(), reply.body()));

        assertThat(outcome)
                .isEqualTo(new Outcome(
                        ApiState.AUTH_FAILED,
                        ErrorType.INVALID_KEY,
                        "the server answers with status 400 (InvalidKeyException)"));
    }

    @ParameterizedTest
    @EnumSource(HttpFailure.Type.class)
    void keepsTheWordOfEveryFailure(HttpFailure.Type type) {
        Outcome outcome = Outcome.of(new HttpFailure(type, "because", null));

        assertThat(outcome.errorType()).isNotNull();
        assertThat(outcome.errorType().word()).isEqualTo(type.word());
        assertThat(outcome.message()).isEqualTo("because");
        ApiState expected = type == HttpFailure.Type.NO_CREDENTIALS
                ? ApiState.AUTH_FAILED
                : type.answerCame() || type == HttpFailure.Type.OUT_OF_MEMORY ? ApiState.INVALID : ApiState.UNREACHABLE;
        assertThat(outcome.state()).isEqualTo(expected);
    }

    @Test
    void keepsMessagesShortAndOnOneLine() {
        String message = Outcome.invalid(ErrorType.MALFORMED_BODY, "a\nb\u0000" + "\uD83D\uDE00".repeat(300))
                .message();

        assertThat(message).startsWith("a?b?\uD83D\uDE00").hasSizeLessThanOrEqualTo(200);
        assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(message)).isTrue();
    }

    private static HttpAnswer answer(int status, byte[] body) {
        return new HttpAnswer(status, Map.of(), body, Duration.ZERO, () -> {});
    }
}
