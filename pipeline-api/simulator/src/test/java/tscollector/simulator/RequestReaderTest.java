package tscollector.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestReaderTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void readsTargetHeadersAndParameters() throws IOException {
        Request request =
                read("GET /models/a%20b?limit=5&name[]=x&name%5B%5D=y&flag=true&=z HTTP/1.1\r\nA: 1\r\na:2\r\n\r\n");

        assertThat(request.segments()).containsExactly("", "models", "a b");
        assertThat(request.rawPath()).isEqualTo("/models/a%20b");
        assertThat(request.parameter("limit", 7)).isEqualTo(5);
        assertThat(request.parameter("nosuch", 7)).isEqualTo(7);
        assertThat(request.parameters().get("name[]")).containsExactly("x", "y");
        assertThat(request.flag("flag", false)).isTrue();
        assertThat(request.headers()).containsEntry("a", List.of("1", "2"));
        assertThat(request.mentions("/models")).isTrue();
        assertThat(request.mentions("/token")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GE T /models HTTP/1.1", "GET", "GET /models", "GET /models HTTP/x", "nonsense HTTP/1.1"})
    void marksWhatIsNoHttp(String line) throws IOException {
        assertThat(read(line + "\r\n\r\n").malformed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%", "/%zz", "/a%2", "/?%", "/?a=%zz&limit=x"})
    void keepsBrokenEscapesAsText(String target) throws IOException {
        Request request = read("GET " + target + " HTTP/1.1\r\n\r\n");

        assertThat(request.segments()).isNotNull();
        assertThat(request.parameter("limit", 9)).isEqualTo(9);
    }

    @Test
    void keepsAPlusInAPathAsAPlus() throws IOException {
        assertThat(read("GET /a+b?c=d+e HTTP/1.1\r\n\r\n").segments()).containsExactly("", "a+b");
        assertThat(read("GET /a+b?c=d+e HTTP/1.1\r\n\r\n").parameter("c")).isEqualTo("d e");
    }

    @Test
    void endsBetweenRequestsAndFailsInsideOne() throws IOException {
        assertThat(reader("").read()).isNull();
        assertThatThrownBy(() -> reader("GET / HTT").read()).isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> reader("POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nabc")
                        .read())
                .isInstanceOf(EOFException.class);
    }

    @Test
    void neverFailsOtherwiseThanByAnIoException() {
        long seed = 20261122;
        SplittableRandom random = new SplittableRandom(seed);
        String alphabet = "GET /?&=%:[]\r\n HTTP/1.1 content-length: 5 transfer-encoding: chunked\u00ff\u0000";
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(80); i > 0; i--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            text.append("\r\n\r\n");
            try {
                Request request = reader(text.toString()).read();
                if (request != null) {
                    assertThat(request.segments())
                            .as("seed %d round %d", seed, round)
                            .isNotNull();
                    assertThat(request.parameters())
                            .as("seed %d round %d", seed, round)
                            .isNotNull();
                }
            } catch (IOException expected) {
                assertThat(expected).as("seed %d round %d", seed, round).hasMessageMatching("(?s).+|");
            }
        }
    }

    private Request read(String latin1) throws IOException {
        Request request = reader(latin1).read();
        assertThat(request).isNotNull();
        return request;
    }

    private RequestReader reader(String latin1) {
        return new RequestReader(new ByteArrayInputStream(latin1.getBytes(StandardCharsets.ISO_8859_1)), out);
    }
}
