package tscollector.kit.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tscollector.config.Secret;
import tscollector.kit.http.AuthConfig.Digest;
import tscollector.kit.http.HttpAsk.KeyRole;

@Timeout(60)
@DisplayName("H1 digest")
class DigestTest {
    private static final String QOP = ", qop=\"auth-int, auth\", opaque=\"o=1\"";

    @ParameterizedTest(name = "H1 {0}{1}")
    @CsvSource(
            delimiter = ';',
            value = {
                "MD5;, qop=\"auth\"",
                "MD5;, algorithm=MD5, qop=\"auth-int,auth\", opaque=\"o=1\"",
                "MD5;''",
                "MD5;, algorithm=MD5-sess, qop=auth",
                "SHA-256;, algorithm=SHA-256, qop=\"auth\", opaque=\"o=1\"",
                "SHA-256;, algorithm=SHA-256, qop=\"auth\", userhash=true",
                "SHA-256;, algorithm=SHA-256-sess, qop=\"auth\"",
                "SHA-512/256;, algorithm=SHA-512-256, qop=\"auth\"",
            })
    void answersAChallengeAndTheRequestsAfterItUnasked(String algorithm, String extras) throws Exception {
        try (DigestServer digest = new DigestServer(algorithm, extras, 100);
                Calls calls = calls("pass:wörd")) {
            for (int call = 0; call < 4; call++) {
                assertThat(calls.body(digest.server().uri("/metrics?name[]=a%20b&n=" + call)))
                        .isEqualTo("welcome");
            }
            assertThat(digest.challenges()).isEqualTo(1);
            assertThat(digest.server().requests()).hasSize(5);
            assertThat(digest.server().requests().get(0).header("authorization"))
                    .isNull();
        }
    }

    @Test
    @DisplayName("H1 digest: a nonce that is used up is replaced without a failure")
    void h1TakesANewNonceWhenTheOldOneIsUsedUp() throws Exception {
        try (DigestServer digest = new DigestServer("MD5", QOP, 2);
                Calls calls = calls("pass:wörd")) {
            for (int call = 0; call < 6; call++) {
                assertThat(calls.body(digest.server().uri("/"))).isEqualTo("welcome");
            }
            assertThat(digest.challenges()).isEqualTo(3);
        }
    }

    @Test
    @DisplayName("H1 digest: a wrong password is refused once more and no further")
    void h1HandsTheRefusalOnAfterOneMoreTry() throws Exception {
        try (DigestServer digest = new DigestServer("MD5", QOP, 9);
                Calls calls = calls("other")) {
            try (HttpAnswer answer = calls.get(digest.server().uri("/"))) {
                assertThat(answer.status()).isEqualTo(401);
                assertThat(answer.header("x-fault")).isEqualTo("wrong response");
            }
            assertThat(digest.server().requests())
                    .hasSize(2)
                    .allSatisfy(
                            request -> assertThat(request.headers()).noneMatch(header -> header.contains("other\"")));
            assertThat(calls.caller().remedyForRefusal(KeyRole.NONE)).contains("auth.digest");
        }
    }

    @Test
    void countsEveryUseOfANonceAlsoBySeveralCallsAtATime() throws Exception {
        try (RawServer server = RawServer.start((request, to) -> {
                    if (request.header("authorization") == null) {
                        to.send("HTTP/1.1 401 Unauthorized\r\nwww-authenticate: Digest realm=r, nonce=n, qop=auth"
                                + "\r\ncontent-length: 0\r\n\r\n");
                    } else {
                        to.ok("");
                    }
                });
                Calls calls = calls("x")) {
            calls.body(server.uri("/"));
            List<CompletableFuture<HttpAnswer>> many = new ArrayList<>();
            for (int call = 0; call < 50; call++) {
                many.add(calls.caller()
                        .send(HttpAsk.get(server.uri("/" + call), Calls.LONG, KeyRole.NONE))
                        .toCompletableFuture());
            }
            many.forEach(call -> call.join().close());

            assertThat(server.requests().stream().skip(1).map(request -> request.header("authorization")))
                    .hasSize(51)
                    .extracting(header -> header.replaceFirst(".*nc=([0-9a-f]{8}).*", "$1"))
                    .doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            value = {
                "Basic realm=x",
                "Digest realm=r",
                "Digest nonce=n, qop=auth",
                "Digest realm=r, nonce=n, qop=auth-int",
                "Digest realm=r, nonce=n, algorithm=SHA-3",
                "Digest",
                "=\"",
            })
    void handsOnChallengesThatItCannotAnswer(String challenge) throws Exception {
        try (RawServer server =
                        RawServer.start((request, to) -> to.send("HTTP/1.1 401 Unauthorized\r\nwww-authenticate: "
                                + challenge + "\r\ncontent-length: 0\r\n\r\n"));
                Calls calls = calls("x")) {
            try (HttpAnswer answer = calls.get(server.uri("/"))) {
                assertThat(answer.status()).isEqualTo(401);
            }
            assertThat(server.requests()).hasSize(1);
        }
    }

    /** RFC 7616 3.9.1. */
    @ParameterizedTest(name = "H1 {0}")
    @CsvSource({
        "MD5, 8ca523f5e9506fed4657c9700eebdbec",
        "SHA-256, 753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"
    })
    void givesTheAnswersOfTheStandard(String algorithm, String response) {
        DigestSession session = DigestSession.of(
                List.of("Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm=" + algorithm
                        + ", nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\""
                        + ", opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\""),
                new Digest("Mufasa", new Secret("Circle of Life")),
                "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ");

        assertThat(session.answer("GET", "/dir/index.html"))
                .isEqualTo("Digest username=\"Mufasa\", realm=\"http-auth@example.org\","
                        + " nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", uri=\"/dir/index.html\","
                        + " response=\"" + response + "\", algorithm=" + algorithm
                        + ", opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\", qop=auth, nc=00000001,"
                        + " cnonce=\"f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ\"");
    }

    private static Calls calls(String password) {
        return new Calls().auth(new AuthConfig(null, new Digest("me", new Secret(password)), null, null, null, null));
    }
}
