package tscollector.kit.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tscollector.config.Secret;

@Timeout(60)
class RedirectTest {
    private final Calls calls = new Calls()
            .following()
            .header("X-Api-Key", "secret")
            .auth(new AuthConfig(null, new AuthConfig.Bearer(new Secret("token"), null), null));

    @AfterEach
    void close() {
        calls.close();
    }

    @Test
    void followsWithinOneServerWithAllCredentials() throws Exception {
        try (RawServer server = RawServer.start((request, to) -> {
            if (request.line().startsWith("GET /old ")) {
                to.send("HTTP/1.1 308 Permanent Redirect\r\nlocation: new?x=1\r\ncontent-length: 3\r\n\r\nold");
            } else {
                to.ok("new");
            }
        })) {
            assertThat(calls.body(server.uri("/old"))).isEqualTo("new");
            assertThat(server.requests().get(1).line()).isEqualTo("GET /new?x=1 HTTP/1.1");
            assertThat(server.requests().get(1).header("authorization")).isEqualTo("Bearer token");
            assertThat(server.requests().get(1).header("x-api-key")).isEqualTo("secret");
        }
    }

    @Test
    void givesNoSecretToAnotherServer() throws Exception {
        try (RawServer other = RawServer.start((request, to) -> to.ok("other"));
                RawServer server = RawServer.start((request, to) -> to.send(
                        "HTTP/1.1 302 Found\r\nlocation: " + other.uri("/x") + "\r\ncontent-length: 0\r\n\r\n"))) {
            assertThat(calls.body(server.uri("/"))).isEqualTo("other");
            assertThat(other.requests().get(0).headers())
                    .noneMatch(header -> header.contains("secret") || header.contains("token"));
        }
    }

    @Test
    void endsALoop() throws Exception {
        try (RawServer server = RawServer.start(
                (request, to) -> to.send("HTTP/1.1 302 Found\r\nlocation: /again\r\ncontent-length: 0\r\n\r\n"))) {
            HttpFailure failure = calls.failure(server.uri("/"));

            assertThat(failure.type()).isEqualTo(HttpFailure.Type.PROTOCOL_ERROR);
            assertThat(failure).hasMessage("more than 10 redirects from http://127.0.0.1:%d", server.port());
            assertThat(server.requests()).hasSize(11);
        }
    }

    @Test
    void handsOnRedirectsThatLeadNowhere() throws Exception {
        for (String location : new String[] {
            "", "location: ftp://x/\r\n", "location: http://\r\n", "location: file:/x\r\n", "location: a b\r\n"
        }) {
            try (RawServer server = RawServer.start(
                    (request, to) -> to.send("HTTP/1.1 302 Found\r\n" + location + "content-length: 0\r\n\r\n"))) {
                try (HttpAnswer answer = calls.get(server.uri("/"))) {
                    assertThat(answer.status()).isEqualTo(302);
                }
            }
        }
    }
}
