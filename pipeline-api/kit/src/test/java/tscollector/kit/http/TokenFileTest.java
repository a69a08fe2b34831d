package tscollector.kit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tscollector.config.Problems;
import tscollector.kit.http.CredentialFile.MalformedException;
import tscollector.kit.http.HttpAsk.KeyRole;
import tscollector.testkit.ManualScheduler;

@Timeout(60)
@DisplayName("H2 token file")
class TokenFileTest {
    private static final TokenHeaderConfig BEARER = new TokenHeaderConfig("X-Auth", "Token <TOKEN>!", "<TOKEN>");

    @TempDir
    Path folder;

    private final AtomicReference<String> wanted = new AtomicReference<>();
    private Path file;

    @BeforeEach
    void write() throws Exception {
        file = Files.writeString(folder.resolve("secrets"), "user: me\ntoken: one\n");
    }

    @Test
    @DisplayName("H2 the header is written from group 1 of the pattern")
    void h2PutsWhatThePatternFindsIntoTheHeader() throws Exception {
        wanted.set("Token one!");
        try (RawServer server = server();
                Calls calls = calls("token: (\\S+)", BEARER)) {
            assertThat(calls.body(server.uri("/metrics"))).isEqualTo("welcome");
            assertThat(server.requests()).hasSize(1);
            assertThat(server.requests().get(0).header("authorization")).isNull();
        }
    }

    @Test
    @DisplayName("H2 without a pattern the whole file is the token")
    void h2TakesTheWholeFileWithoutAPattern() throws Exception {
        Files.writeString(file, " Basic abc \n");
        try (RawServer server = RawServer.start((request, to) -> to.ok(request.header("authorization")));
                Calls calls = calls(null, TokenHeaderConfig.bare())) {
            assertThat(calls.body(server.uri("/"))).isEqualTo("Basic abc");
        }
    }

    @Test
    @DisplayName("H2 after a status of 400 or above the file is read again and the request repeated exactly once")
    void h2ReadsAgainAndRetriesExactlyOnceAfterARefusal() throws Exception {
        wanted.set("Token one!");
        try (RawServer server = server();
                Calls calls = calls("token: (\\S+)", BEARER)) {
            calls.body(server.uri("/"));

            wanted.set("Token two!");
            Files.writeString(file, "token: two\n");
            assertThat(calls.body(server.uri("/"))).isEqualTo("welcome");
            int soFar = server.requests().size();
            assertThat(soFar).isBetween(2, 3); // the change may have been seen before the refusal

            wanted.set("nothing");
            try (HttpAnswer answer = calls.get(server.uri("/"))) {
                assertThat(answer.status()).isEqualTo(503);
            }
            assertThat(server.requests()).hasSize(soFar + 2);
        }
    }

    @Test
    @DisplayName("H2 after no answer at all the request is repeated exactly once")
    void h2RetriesExactlyOnceWithoutAnAnswer() throws Exception {
        try (RawServer server = RawServer.start((request, to) -> to.reset());
                Calls calls = calls("token: (\\S+)", BEARER)) {
            assertThat(calls.failure(server.uri("/")).type()).isEqualTo(HttpFailure.Type.CONNECTION_RESET);
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void asksAgainWhereTheFirstConnectionTookTooLong() throws Exception {
        try (RawServer server = RawServer.start(
                        (request, to) -> to.socket().getInputStream().read());
                Calls calls = calls("token: (\\S+)", BEARER).readTimeout(Duration.ofMillis(100))) {
            assertThat(calls.failure(server.uri("/")).type()).isEqualTo(HttpFailure.Type.TIMEOUT);
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    @DisplayName("H2 a file that changes is read again without a failure")
    void h2SeesAChangeByItself() throws Exception {
        ManualScheduler time = new ManualScheduler();
        TokenFileAuthorizer authorizer =
                new TokenFileAuthorizer(new TokenFileConfig(file.toString(), "token: (.+)", BEARER), time.clock());
        HttpAsk ask = HttpAsk.get(java.net.URI.create("http://a"), Calls.LONG, KeyRole.NONE);
        assertThat(authorizer.header(ask, "/").value()).isEqualTo("Token one!");

        Files.writeString(file, "token: three");
        time.advance(Duration.ofSeconds(1));

        assertThat(authorizer.mustLook()).isTrue();
        assertThat(authorizer.header(ask, "/").value()).isEqualTo("Token three!");
        assertThat(authorizer.remedyForRefusal(KeyRole.NONE)).contains("auth.token_file", file.toString());
    }

    @Test
    void saysWhatIsWrongWithTheFileWithoutQuotingIt() throws Exception {
        Pattern pattern = Pattern.compile("token: (\\S*)");
        for (String text : List.of("hidden", "token: ", "token: hid\u00e4den")) {
            assertThatThrownBy(() -> TokenFileAuthorizer.parse(text.getBytes(StandardCharsets.UTF_8), pattern))
                    .isInstanceOf(MalformedException.class)
                    .hasMessageNotContaining("hid");
        }
        Files.delete(file);
        try (RawServer server = server();
                Calls calls = calls("(x)", BEARER)) {
            HttpFailure failure = calls.failure(server.uri("/"));
            assertThat(failure.type()).isEqualTo(HttpFailure.Type.NO_CREDENTIALS);
            assertThat(failure).hasMessage("cannot read the file in auth.token_file.path: %s does not exist", file);
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void givesTheTokenToNoOtherServer() throws Exception {
        wanted.set("nothing");
        try (RawServer other = server();
                RawServer server = RawServer.start((request, to) -> to.send(
                        "HTTP/1.1 302 Found\r\nlocation: " + other.uri("/") + "\r\ncontent-length: 0\r\n\r\n"));
                Calls calls = calls("token: (\\S+)", BEARER).following()) {
            try (HttpAnswer answer = calls.get(server.uri("/"))) {
                assertThat(answer.status()).isEqualTo(503);
            }
            assertThat(other.requests())
                    .hasSize(1)
                    .allSatisfy(request -> assertThat(request.header("x-auth")).isNull());
        }
    }

    @Test
    void refusesPatternsWithoutExactlyOneGroupAndValuesWithoutThePlaceholder() {
        assertThat(problems(new TokenFileConfig("f", "token", BEARER)))
                .containsExactly("pattern must have exactly one group in parentheses, has 0");
        assertThat(problems(new TokenFileConfig("f", "(a)(b)", BEARER)))
                .containsExactly("pattern must have exactly one group in parentheses, has 2");
        assertThat(problems(new TokenFileConfig("f", "(?:a)(b)", BEARER))).isEmpty();
        Problems problems = new Problems();
        new TokenHeaderConfig("a b", "Bearer", "<TOKEN>").validate(problems);
        assertThat(problems.all())
                .extracting(problem -> problem.path() + " " + problem.text())
                .containsExactly(
                        "header is not a name that a header can have", "value must contain the placeholder, <TOKEN>");
    }

    private static List<String> problems(TokenFileConfig config) {
        Problems problems = new Problems();
        config.validate(problems);
        return problems.all().stream()
                .map(problem -> problem.path() + " " + problem.text())
                .toList();
    }

    private RawServer server() {
        return RawServer.start((request, to) -> {
            if (wanted.get().equals(request.header("x-auth"))) {
                to.ok("welcome");
            } else {
                to.send("HTTP/1.1 503 Unavailable\r\ncontent-length: 2\r\n\r\nno");
            }
        });
    }

    private Calls calls(String pattern, TokenHeaderConfig header) {
        TokenFileConfig config = new TokenFileConfig(file.toString(), pattern, header);
        return new Calls().auth(new AuthConfig(null, null, null, null, config, null));
    }
}
