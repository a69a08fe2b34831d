package tscollector.kit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tscollector.component.StartException;
import tscollector.config.Problems;
import tscollector.config.Secret;
import tscollector.kit.http.AuthConfig.Basic;
import tscollector.kit.http.AuthConfig.Bearer;
import tscollector.kit.http.CredentialFile.MalformedException;
import tscollector.kit.http.HttpAsk.KeyRole;
import tscollector.testkit.ManualScheduler;

/** Each kind of credentials against a server that insists on them. */
@Timeout(60)
class AuthorizerTest {
    private static final String REFUSED = """
            {
              "code": 400,
              "type": "InvalidKeyException",
              "message": "Token Authorization failed. Token either incorrect, expired, or not provided correctly"
            }
            """;

    @TempDir
    Path folder;

    private final AtomicReference<String> wanted = new AtomicReference<>();
    private RawServer server;

    @BeforeEach
    void start() {
        server = RawServer.start((request, to) -> {
            if (wanted.get().equals(request.header("authorization"))) {
                to.ok("welcome");
            } else {
                to.send("HTTP/1.1 400 Bad Request\r\ncontent-length: " + REFUSED.length() + "\r\n\r\n" + REFUSED);
                to.reset();
            }
        });
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void sendsUserAndPassword() {
        wanted.set("Basic dXNlcjpww6Rzcw==");
        try (Calls calls = new Calls().auth(new AuthConfig(new Basic("user", new Secret("päss")), null, null))) {
            assertThat(calls.body(server.uri("/"))).isEqualTo("welcome");
        }
    }

    @Test
    void sendsABearerToken() {
        wanted.set("Bearer abc");
        try (Calls calls = new Calls().auth(new AuthConfig(null, new Bearer(new Secret("abc"), null), null))) {
            assertThat(calls.body(server.uri("/"))).isEqualTo("welcome");
        }
    }

    @Test
    void sendsTheTokenInAFile() throws Exception {
        wanted.set("Bearer from-file");
        Path file = Files.writeString(folder.resolve("token"), "from-file\n");
        try (Calls calls = new Calls().auth(new AuthConfig(null, new Bearer(null, file.toString()), null))) {
            assertThat(calls.body(server.uri("/"))).isEqualTo("welcome");
        }
    }

    @Test
    void sendsTheKeyOfTheApiThatIsAskedAndNoneWhereNoneIsNeeded() throws Exception {
        Path file = Files.writeString(folder.resolve("key_file.json"), keys("mgmtkey1", "infrkey1"));
        try (Calls calls = new Calls().auth(new AuthConfig(null, null, file.toString()))) {
            wanted.set("Bearer mgmtkey1");
            assertThat(status(calls, KeyRole.MANAGEMENT)).isEqualTo(200);
            wanted.set("Bearer infrkey1");
            assertThat(status(calls, KeyRole.INFERENCE)).isEqualTo(200);
            calls.get(server.uri("/metrics"), KeyRole.NONE).close();
            assertThat(server.requests().get(2).header("authorization")).isNull();
        }
    }

    @Test
    void asksAgainOnceWithANewKeyWhenTheOldOneIsRefused() throws Exception {
        Path file = Files.writeString(folder.resolve("key_file.json"), keys("oldkey11", "i"));
        wanted.set("Bearer oldkey11");
        try (Calls calls = new Calls().auth(new AuthConfig(null, null, file.toString()))) {
            assertThat(status(calls, KeyRole.MANAGEMENT)).isEqualTo(200);

            Files.writeString(file, keys("newkey22", "i"));
            wanted.set("Bearer newkey22");
            assertThat(status(calls, KeyRole.MANAGEMENT)).isEqualTo(200);

            assertThat(server.requests()).hasSizeLessThanOrEqualTo(3);
        }
    }

    @Test
    void handsTheRefusalOnWithoutAskingAgainWhenTheFileHasNoOtherKey() throws Exception {
        Path file = Files.writeString(folder.resolve("key_file.json"), keys("expired1", "i"));
        wanted.set("Bearer other");
        try (Calls calls = new Calls().auth(new AuthConfig(null, null, file.toString()))) {
            try (HttpAnswer answer = calls.get(server.uri("/models"), KeyRole.MANAGEMENT)) {
                assertThat(answer.status()).isEqualTo(400);
                assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("InvalidKeyException");
            }
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void asksAtMostTwiceHoweverOftenTheKeyChanges() throws Exception {
        Path file = folder.resolve("key_file.json");
        Files.writeString(file, keys("key00000", "i"));
        int[] number = {0};
        try (RawServer renewing = RawServer.start((request, to) -> {
                    Files.writeString(file, keys("key0000" + ++number[0], "i"));
                    to.send("HTTP/1.1 400 Bad Request\r\ncontent-length: " + REFUSED.length() + "\r\n\r\n" + REFUSED);
                });
                Calls calls = new Calls().auth(new AuthConfig(null, null, file.toString()))) {
            try (HttpAnswer answer = calls.get(renewing.uri("/models"), KeyRole.MANAGEMENT)) {
                assertThat(answer.status()).isEqualTo(400);
            }
            assertThat(renewing.requests()).hasSize(2);
        }
    }

    @Test
    void saysWhichFileIsMissingAndRecoversWhenItComes() throws Exception {
        wanted.set("Bearer mgmtkey1");
        Path file = folder.resolve("key_file.json");
        try (Calls calls = new Calls().auth(new AuthConfig(null, null, file.toString()))) {
            HttpFailure failure = calls.failure(ask());
            assertThat(failure.type()).isEqualTo(HttpFailure.Type.NO_CREDENTIALS);
            assertThat(failure).hasMessage("cannot read the file in auth.torchserve_key_file: %s does not exist", file);

            Files.writeString(file, keys("mgmtkey1", "i"));
            assertThat(status(calls, KeyRole.MANAGEMENT)).isEqualTo(200);
        }
    }

    @Test
    void keepsTheLastGoodKeysWhileTheFileIsHalfWrittenOrGone() throws Exception {
        ManualScheduler time = new ManualScheduler();
        Path file = Files.writeString(folder.resolve("key_file.json"), keys("mgmtkey1", "i"));
        Authorizer keys = new TorchServeKeyAuthorizer(file, time.clock());
        assertThat(header(keys, KeyRole.MANAGEMENT)).isEqualTo("Bearer mgmtkey1");

        Files.writeString(file, keys("mgmtkey2", "i").substring(0, 60));
        time.advance(Duration.ofSeconds(1));
        assertThat(header(keys, KeyRole.MANAGEMENT)).isEqualTo("Bearer mgmtkey1");

        Files.delete(file);
        renew(keys);
        assertThat(header(keys, KeyRole.MANAGEMENT)).isEqualTo("Bearer mgmtkey1");

        Files.writeString(file, keys("mgmtkey2", "i"));
        time.advance(Duration.ofSeconds(1));
        assertThat(header(keys, KeyRole.MANAGEMENT)).isEqualTo("Bearer mgmtkey2");
    }

    @Test
    void looksAtTheFileOnceASecondAndReadsItOnlyWhenTimeOrSizeChanged() throws Exception {
        ManualScheduler time = new ManualScheduler();
        FileTime old = FileTime.from(ManualScheduler.START.minusSeconds(60));
        Path file = Files.writeString(folder.resolve("token"), "one");
        Files.setLastModifiedTime(file, old);
        BearerFileAuthorizer bearer = new BearerFileAuthorizer(file, time.clock());
        assertThat(bearer.mustLook()).isTrue();
        assertThat(header(bearer, KeyRole.NONE)).isEqualTo("Bearer one");
        assertThat(bearer.mustLook()).isFalse();

        Files.writeString(file, "two");
        Files.setLastModifiedTime(file, old);
        time.advance(Duration.ofSeconds(1));
        assertThat(bearer.mustLook()).isTrue();
        assertThat(header(bearer, KeyRole.NONE)).as("same time and size").isEqualTo("Bearer one");

        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2025-12-31T23:59:30Z")));
        assertThat(header(bearer, KeyRole.NONE)).as("looked at this second").isEqualTo("Bearer one");
        time.advance(Duration.ofSeconds(1));
        assertThat(header(bearer, KeyRole.NONE)).isEqualTo("Bearer two");
    }

    @Test
    void refusesFilesThatCannotBeHeadersWithoutQuotingThem() throws Exception {
        ManualScheduler time = new ManualScheduler();
        Path file = folder.resolve("token");
        for (String text : new String[] {"", "two words", "one\ntwo", "x".repeat(70_000)}) {
            Files.writeString(file, text);
            BearerFileAuthorizer bearer = new BearerFileAuthorizer(file, time.clock());
            assertThatThrownBy(() -> header(bearer, KeyRole.NONE))
                    .isInstanceOfSatisfying(
                            HttpFailure.class,
                            failure -> assertThat(failure.type()).isEqualTo(HttpFailure.Type.NO_CREDENTIALS))
                    .hasMessageStartingWith("cannot read the file in auth.bearer.token_file: it ")
                    .hasMessageNotContaining("two words");
        }
    }

    @Test
    void readsTorchServesOwnKeyFileWhateverElseIsInIt() throws Exception {
        assertThat(TorchServeKeyAuthorizer.parse("""
                        {"management": {"key": "m-_1", "expiration time": "2026-11-22T21:33:01.123456789Z", "x": [{}]},
                         "inference": {"expiration time": "", "key": "i"}, "API": {"key": "a"}, "later": 1, "list": [[]]}
                        """.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(Map.of(
                        "management",
                        new TorchServeKeyAuthorizer.Key(
                                new Secret("m-_1"), Instant.parse("2026-11-22T21:33:01.123456789Z")),
                        "inference",
                        new TorchServeKeyAuthorizer.Key(new Secret("i"), null),
                        "API",
                        new TorchServeKeyAuthorizer.Key(new Secret("a"), null)));
        for (String broken : new String[] {"", "{", "[]", "1", "{}}", "{\"management\": {\"key\": \"abc\"}", "\0"}) {
            assertThatThrownBy(() -> TorchServeKeyAuthorizer.parse(broken.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(MalformedException.class);
        }
        assertThatThrownBy(() -> TorchServeKeyAuthorizer.parse(
                        "{\"inference\": {\"key\": \"a/token\"}}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedException.class);
    }

    @Test
    void saysWhyTheServerMayRefuseAKeyThatTheFileHas() throws Exception {
        ManualScheduler time = new ManualScheduler();
        Path file = folder.resolve("key_file.json");
        Instant expires = ManualScheduler.START.plusSeconds(60);
        Files.writeString(file, "{\"management\": {\"key\": \"mgmtkey1\", \"expiration time\": \"" + expires + "\"}}");
        Authorizer keys = new TorchServeKeyAuthorizer(file, time.clock());
        header(keys, KeyRole.MANAGEMENT);

        assertThat(keys.remedyForRefusal(KeyRole.MANAGEMENT))
                .contains("auth.torchserve_key_file, " + file, "should be good until " + expires)
                .doesNotContain("mgmtkey1");
        time.advance(Duration.ofSeconds(60));
        assertThat(keys.remedyForRefusal(KeyRole.MANAGEMENT))
                .contains("auth.torchserve_key_file, " + file, "expired at " + expires, "GET /token?type=management")
                .doesNotContain("mgmtkey1", "set auth");

        Files.writeString(file, "gone");
        renew(keys);
        assertThat(header(keys, KeyRole.MANAGEMENT)).isEqualTo("Bearer mgmtkey1");
        assertThat(keys.remedyForRefusal(KeyRole.MANAGEMENT)).contains("cannot be read any more", file.toString());
    }

    @Test
    void namesTheSettingWhoseCredentialsAreRefused() throws Exception {
        Path file = Files.writeString(folder.resolve("token"), "one");
        assertThat(remedy(null)).contains("set auth.torchserve_key_file");
        assertThat(remedy(new AuthConfig(new Basic("user", new Secret("secret")), null, null)))
                .contains("auth.basic")
                .doesNotContain("secret");
        assertThat(remedy(new AuthConfig(null, new Bearer(new Secret("secret"), null), null)))
                .contains("auth.bearer.token", "auth.torchserve_key_file")
                .doesNotContain("secret");
        assertThat(remedy(new AuthConfig(null, new Bearer(null, file.toString()), null)))
                .contains("auth.bearer.token_file, " + file);
    }

    private static String remedy(@Nullable AuthConfig auth) throws StartException {
        try (Calls calls = auth == null ? new Calls() : new Calls().auth(auth)) {
            return calls.caller().remedyForRefusal(KeyRole.MANAGEMENT);
        }
    }

    @Test
    void saysWhichKeyTheFileLacks() throws Exception {
        Path file = Files.writeString(folder.resolve("key_file.json"), "{}");
        try (Calls calls = new Calls().auth(new AuthConfig(null, null, file.toString()))) {
            assertThat(calls.failure(ask()))
                    .hasMessage("the file in auth.torchserve_key_file has no key for \"management\"");
        }
    }

    @Test
    void refusesHeadersThatWouldTurnRequestsIntoTokenCallsOrEndTheHead() {
        AuthConfig keyFile = new AuthConfig(null, null, "key_file.json");
        assertThat(problems(Map.of("Referer", new Secret("http://x/TOKEN")), keyFile))
                .containsExactly(
                        "headers.Referer must not contain \"/token\": TorchServe takes every such request for a call of its token API");
        assertThat(problems(Map.of("Referer", new Secret("http://x/TOKEN")), null))
                .isEmpty();
        assertThat(problems(Map.of("x", new Secret("secret\r\ny: z")), null))
                .containsExactly("headers.x must be printable ASCII");
        assertThat(problems(Map.of("x y", new Secret("")), null))
                .containsExactly("headers.x y is not a name that a header can have");
    }

    @Test
    void refusesATokenThatIsNotOneWord() {
        Problems problems = new Problems();
        new Bearer(new Secret("a b"), null).validate(problems);
        assertThat(problems.all())
                .containsExactly(
                        new Problems.Problem("token", "must be one word without spaces and line breaks", true));
    }

    private static List<String> problems(Map<String, Secret> headers, AuthConfig auth) {
        HttpClientConfig defaults = HttpClientConfig.defaults();
        Problems problems = new Problems();
        new HttpClientConfig(headers, defaults.tls(), auth, null, false, defaults.bodySizeLimit()).validate(problems);
        return problems.all().stream()
                .map(problem -> problem.path() + " " + problem.text())
                .toList();
    }

    private String header(Authorizer authorizer, KeyRole role) throws HttpFailure {
        Authorizer.HeaderLine line = authorizer.header(HttpAsk.get(server.uri("/"), Calls.LONG, role), "/");
        assertThat(line.name()).isEqualTo("authorization");
        assertThat(line).hasToString("authorization: ****");
        return line.value();
    }

    private void renew(Authorizer keys) throws HttpFailure {
        keys.renew(Authorizer.Refusal.withoutAnswer(ask(), keys.header(ask(), "/")));
    }

    private HttpAsk ask() {
        return HttpAsk.get(server.uri("/models"), Calls.LONG, KeyRole.MANAGEMENT);
    }

    private int status(Calls calls, KeyRole role) {
        URI uri = server.uri("/models");
        try (HttpAnswer answer = calls.get(uri, role)) {
            return answer.status();
        }
    }

    private static String keys(String management, String inference) {
        return """
                {
                  "management": {
                    "key": "%s",
                    "expiration time": "2026-11-22T21:33:01.123456789Z"
                  },
                  "inference": {
                    "key": "%s",
                    "expiration time": "2026-11-22T21:33:01.123456789Z"
                  },
                  "API": {
                    "key": "apikey00"
                  }
                }
                """.formatted(management, inference);
    }
}
