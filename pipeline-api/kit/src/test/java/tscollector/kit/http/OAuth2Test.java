package tscollector.kit.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tscollector.config.Problems;
import tscollector.config.Secret;
import tscollector.kit.http.HttpAsk.KeyRole;
import tscollector.testkit.ManualScheduler;

@Timeout(60)
@DisplayName("H3 OAuth2 client credentials")
class OAuth2Test {
    private final AtomicInteger tokens = new AtomicInteger();

    @Test
    @DisplayName("H3 a token is fetched with the credentials in the body and kept")
    void h3FetchesOneTokenForManyCalls() throws Exception {
        try (RawServer idp = tokenServer();
                RawServer api = api();
                Calls calls = calls(
                        config(idp.uri("/oauth2/token?x=1"), List.of("a", "b c"), Map.of("audience", "é&"), false))) {
            List<CompletableFuture<HttpAnswer>> many = IntStream.range(0, 20)
                    .mapToObj(call -> calls.caller()
                            .send(HttpAsk.get(api.uri("/" + call), Calls.LONG, KeyRole.NONE))
                            .toCompletableFuture())
                    .toList();
            many.forEach(call -> assertThat(call.join().status()).isEqualTo(200));

            assertThat(api.requests())
                    .hasSize(20)
                    .allMatch(request -> request.header("authorization").equals("Bearer token-1"));
            assertThat(idp.requests()).hasSize(1);
            RawServer.Request asked = idp.requests().get(0);
            assertThat(asked.line()).isEqualTo("POST /oauth2/token?x=1 HTTP/1.1");
            assertThat(asked.header("content-type")).isEqualTo("application/x-www-form-urlencoded");
            assertThat(asked.header("authorization")).isNull();
            assertThat(form(asked))
                    .containsExactlyInAnyOrderEntriesOf(Map.of(
                            "grant_type", "client_credentials",
                            "client_id", "me & co",
                            "client_secret", "s3:cr%t",
                            "scope", "a b c",
                            "audience", "é&"));
        }
    }

    @Test
    @DisplayName("H3 basic_auth: the credentials stand in the header of the token request, encoded")
    void h3PutsTheCredentialsIntoTheHeader() throws Exception {
        try (RawServer idp = tokenServer();
                RawServer api = api();
                Calls calls =
                        calls(config(idp.uri("/t"), List.of(), Map.of(), true)).header("X-Own", "no")) {
            assertThat(calls.body(api.uri("/"))).isEqualTo("welcome");

            RawServer.Request asked = idp.requests().get(0);
            String basic = asked.header("authorization").substring("Basic ".length());
            assertThat(new String(Base64.getDecoder().decode(basic), StandardCharsets.UTF_8))
                    .isEqualTo("me+%26+co:s3%3Acr%25t");
            assertThat(form(asked)).containsExactly(Map.entry("grant_type", "client_credentials"));
            assertThat(asked.header("x-own")).as("headers are for the servers").isNull();
        }
    }

    @Test
    @DisplayName("H3 a token that the server refuses is replaced and the request repeated exactly once")
    void h3ReplacesARefusedTokenOnce() throws Exception {
        AtomicInteger good = new AtomicInteger(2);
        try (RawServer idp = tokenServer();
                RawServer api = RawServer.start((request, to) -> {
                    if (("Bearer token-" + good).equals(request.header("authorization"))) {
                        to.ok("welcome");
                    } else {
                        to.send("HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\n\r\n");
                    }
                });
                Calls calls = calls(config(idp.uri("/"), List.of(), Map.of(), false))) {
            assertThat(calls.body(api.uri("/"))).isEqualTo("welcome");
            assertThat(api.requests()).hasSize(2);

            good.set(99);
            try (HttpAnswer answer = calls.get(api.uri("/"))) {
                assertThat(answer.status()).isEqualTo(401);
            }
            assertThat(api.requests()).hasSize(4);
            assertThat(idp.requests()).as("not again so soon").hasSize(2);
        }
    }

    @ParameterizedTest(name = "H3 expires_in {0}: kept for {1} s")
    @CsvSource({"none, 300", "60, 60", "'\"60\"', 60", "1.5, 1", "null, 300", "'\"soon\"', 300"})
    void keepsATokenUntilItExpires(String expiresIn, long seconds) throws Exception {
        ManualScheduler time = new ManualScheduler();
        FakeTokenServer idp = new FakeTokenServer();
        idp.answer = status -> "{\"token_type\":\"bearer\",\"x\":[{}],\"access_token\":\"t" + idp.asked + "\""
                + (expiresIn.equals("none") ? "" : ",\"expires_in\":" + expiresIn) + "}";
        OAuth2Authorizer authorizer =
                new OAuth2Authorizer(config(URI.create("http://idp/t"), List.of(), Map.of(), false), time.clock());

        assertThat(header(authorizer, idp)).isEqualTo("Bearer t1");
        time.advance(Duration.ofSeconds(seconds).minusMillis(1));
        assertThat(header(authorizer, idp)).isEqualTo("Bearer t1");
        time.advance(Duration.ofSeconds(1));
        assertThat(header(authorizer, idp)).isEqualTo("Bearer t2");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = ';',
            value = {
                "401;{\"error\":\"invalid_client\",\"error_description\":\"hidden\"};answers with status 401 (invalid_client)",
                "500;<html>hidden;answers with status 500",
                "302;'';answers with status 302",
                "200;{\"error\":\"hid den\"};answers without a usable access_token",
                "200;{\"access_token\":\"hid\\u0000den\"};answers without a usable access_token",
                "200;{\"access_token\":\"hidden\";answers with something else than a JSON object",
                "200;[];answers with something else than a JSON object",
            })
    void h3SaysWhyThereIsNoTokenWithoutASecret(int status, String body, String reason) throws Exception {
        try (RawServer idp = RawServer.start((request, to) ->
                        to.send("HTTP/1.1 " + status + " x\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: "
                                + body.length() + "\r\n\r\n" + body));
                RawServer api = api();
                Calls calls =
                        calls(config(idp.uri("/"), List.of(), Map.of(), false)).following()) {
            HttpFailure failure = calls.failure(api.uri("/"));

            assertThat(failure.type()).isEqualTo(HttpFailure.Type.NO_CREDENTIALS);
            assertThat(failure).hasMessage("no token: http://127.0.0.1:%d %s", idp.port(), reason);
            assertThat(api.requests()).isEmpty();
        }
    }

    @Test
    void saysThatTheTokenServerIsNotThereOrSilent() throws Exception {
        try (RawServer silent = RawServer.start(
                        (request, to) -> to.socket().getInputStream().read());
                Calls calls = calls(config(silent.uri("/"), List.of(), Map.of(), false))) {
            HttpFailure failure = calls.failure(URI.create("http://127.0.0.1:1/"), Duration.ofMillis(200));
            assertThat(failure.type()).isEqualTo(HttpFailure.Type.NO_CREDENTIALS);
        }
        try (Calls calls = calls(config(URI.create("http://127.0.0.1:1/"), List.of(), Map.of(), false))) {
            assertThat(calls.failure(URI.create("http://127.0.0.1:2/")))
                    .hasMessage("no token: connection to http://127.0.0.1:1 refused: nobody listens there");
        }
    }

    @Test
    void recoversWhenTheTokenServerDoesAndAsksItOnceASecondMeanwhile() throws Exception {
        ManualScheduler time = new ManualScheduler();
        FakeTokenServer idp = new FakeTokenServer();
        idp.answer = status -> "no JSON";
        OAuth2Authorizer authorizer =
                new OAuth2Authorizer(config(URI.create("http://idp/t"), List.of(), Map.of(), false), time.clock());
        for (int call = 0; call < 5; call++) {
            assertThat(authorizer.ready(idp, ask())).isCompletedExceptionally();
        }
        assertThat(idp.asked).isEqualTo(1);

        idp.answer = status -> "{\"access_token\":\"back\"}";
        time.advance(Duration.ofSeconds(1));
        assertThat(header(authorizer, idp)).isEqualTo("Bearer back");
    }

    @Test
    @DisplayName("H3 the token request goes through the component's proxy and TLS")
    void h3FetchesThroughTheProxyAndTls(@TempDir Path folder) throws Exception {
        KeyStore certificate = new Certificates(folder).make("idp", "EC", "dns:idp.test");
        TlsConfig tls = Certificates.trusting(certificate);
        try (RawServer idp = RawServer.start(
                        Certificates.listener(certificate, null),
                        (request, to) -> to.ok("{\"access_token\":\"by-proxy\"}"));
                RecordingProxy proxy = RecordingProxy.start("user:pass", idp.port());
                Calls calls = calls(config(URI.create("https://idp.test/t"), List.of(), Map.of(), false))
                        .tls(tls)
                        .proxy("http://user:pass@127.0.0.1:" + proxy.port())) {
            assertThat(calls.body(URI.create("http://far.test/"))).isEqualTo("by proxy");

            assertThat(proxy.lines()).contains("CONNECT idp.test:443 HTTP/1.1", "GET http://far.test/ HTTP/1.1");
            assertThat(proxy.requests())
                    .anySatisfy(request ->
                            assertThat(request.header("authorization")).isEqualTo("Bearer by-proxy"));
        }
    }

    @Test
    void writesTheTokenIntoAnyHeader() throws Exception {
        OAuth2Config plain = config(URI.create("http://idp/"), List.of(), Map.of(), false);
        assertThat(plain.toString()).doesNotContain("s3:cr%t");
        try (RawServer idp = tokenServer();
                RawServer api = RawServer.start((request, to) -> to.ok(request.header("x-t")));
                Calls calls = calls(new OAuth2Config(
                        "me",
                        new Secret("s"),
                        idp.uri("/").toString(),
                        List.of(),
                        Map.of(),
                        false,
                        new TokenHeaderConfig("X-T", "<%>", "%")))) {
            assertThat(calls.body(api.uri("/"))).isEqualTo("<token-1>");
        }
    }

    @Test
    void refusesParametersThatHaveASettingOfTheirOwn() {
        Problems problems = new Problems();
        config(URI.create("http://a/"), List.of(), Map.of("scope", "x"), false).validate(problems);
        assertThat(problems.all())
                .containsExactly(new Problems.Problem(
                        "endpoint_params.scope", "has a setting of its own or is always sent", true, true));
    }

    private RawServer tokenServer() {
        return RawServer.start((request, to) ->
                to.ok("{\"access_token\":\"token-" + tokens.incrementAndGet() + "\",\"expires_in\":3600}"));
    }

    private static RawServer api() {
        return RawServer.start((request, to) -> to.ok("welcome"));
    }

    private static OAuth2Config config(URI url, List<String> scopes, Map<String, String> params, boolean basic) {
        return new OAuth2Config(
                "me & co", new Secret("s3:cr%t"), url.toString(), scopes, params, basic, TokenHeaderConfig.bearer());
    }

    private static Calls calls(OAuth2Config config) {
        return new Calls().auth(new AuthConfig(null, null, null, config, null, null));
    }

    private static HttpAsk ask() {
        return HttpAsk.get(URI.create("http://api/"), Calls.LONG, KeyRole.NONE);
    }

    private static String header(OAuth2Authorizer authorizer, HttpCaller idp) throws HttpFailure {
        authorizer.ready(idp, ask()).toCompletableFuture().join();
        return authorizer.header(ask(), "/").value();
    }

    private static Map<String, String> form(RawServer.Request request) {
        Map<String, String> form = new LinkedHashMap<>();
        for (String pair : new ArrayList<>(Arrays.asList(request.body().split("&")))) {
            String[] parts = pair.split("=", 2);
            form.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return form;
    }

    /** Answers at once. */
    private static final class FakeTokenServer implements HttpCaller {
        private java.util.function.IntFunction<String> answer;
        private int asked;

        @Override
        public CompletableFuture<HttpAnswer> send(HttpAsk request) {
            asked++;
            byte[] body = answer.apply(200).getBytes(StandardCharsets.UTF_8);
            return CompletableFuture.completedFuture(new HttpAnswer(200, Map.of(), body, Duration.ZERO, () -> {}));
        }

        @Override
        public void close() {}
    }
}
