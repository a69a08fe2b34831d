package tscollector.kit.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tscollector.kit.http.RawServer.Script;

/** Whatever a server sends: a failure of the right kind, no more memory than allowed, and the next call works. */
@Timeout(60)
class HostileAnswersTest {
    private static final int LIMIT = 64 << 10;

    private final BodyBudget budget = new BodyBudget(1 << 20);
    private final Calls calls = new Calls().bodyLimit(LIMIT).budget(budget);

    @AfterEach
    void close() {
        calls.close();
    }

    static Stream<Arguments> faults() throws Exception {
        return Stream.of(
                fault(
                        "closed without a byte",
                        HttpFailure.Type.CONNECTION_RESET,
                        (request, to) -> to.socket().close()),
                fault("reset without a byte", HttpFailure.Type.CONNECTION_RESET, (request, to) -> to.reset()),
                fault("closed within a header line", HttpFailure.Type.PROTOCOL_ERROR, (request, to) -> {
                    to.send("HTTP/1.1 200 OK\r\ncontent-le");
                    to.socket().close();
                }),
                fault("closed between header lines", HttpFailure.Type.CUT_OFF, (request, to) -> {
                    to.send("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n");
                    to.socket().close();
                }),
                fault("shorter than content-length", HttpFailure.Type.CUT_OFF, (request, to) -> {
                    to.send("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc");
                    to.socket().close();
                }),
                fault("reset within the body", HttpFailure.Type.CUT_OFF, (request, to) -> {
                    to.send("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc");
                    awaitRead();
                    to.reset();
                }),
                fault("cut within chunks", HttpFailure.Type.CUT_OFF, (request, to) -> {
                    to.send("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nabc");
                    to.socket().close();
                }),
                fault("cut between chunks", HttpFailure.Type.CUT_OFF, (request, to) -> {
                    to.send("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n");
                    to.socket().close();
                }),
                fault(
                        "chunks that are none",
                        HttpFailure.Type.PROTOCOL_ERROR,
                        (request, to) -> to.send("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\nabc\r\n")),
                fault("not HTTP", HttpFailure.Type.PROTOCOL_ERROR, (request, to) -> {
                    to.send("SSH-2.0-OpenSSH_9.2p1\r\n".repeat(200));
                    to.socket().close();
                }),
                fault("TLS alert", HttpFailure.Type.PROTOCOL_ERROR, (request, to) -> {
                    to.send(new byte[] {0x15, 3, 1, 0, 2, 2, 70});
                    to.socket().close();
                }),
                fault(
                        "content-length that is no number",
                        HttpFailure.Type.PROTOCOL_ERROR,
                        (request, to) -> to.send("HTTP/1.1 200 OK\r\ncontent-length: many\r\n\r\nabc")),
                fault(
                        "endless status line",
                        HttpFailure.Type.PROTOCOL_ERROR,
                        (request, to) -> endless(to, "HTTP/1.1 200 OK", "k")),
                fault(
                        "endless header line",
                        HttpFailure.Type.PROTOCOL_ERROR,
                        (request, to) -> endless(to, "HTTP/1.1 200 OK\r\nx: ", "vvvvvvvvvvvvvvvv")),
                fault(
                        "endless header",
                        HttpFailure.Type.PROTOCOL_ERROR,
                        (request, to) -> endless(to, "HTTP/1.1 200 OK\r\n", "x: y\r\n")),
                fault(
                        "announced too long",
                        HttpFailure.Type.BODY_TOO_LARGE,
                        (request, to) -> to.send("HTTP/1.1 200 OK\r\ncontent-length: 9999999999\r\n\r\nabc")),
                fault(
                        "one byte too long",
                        HttpFailure.Type.BODY_TOO_LARGE,
                        (request, to) ->
                                to.send("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n" + "x".repeat(LIMIT + 1))),
                fault(
                        "endless body",
                        HttpFailure.Type.BODY_TOO_LARGE,
                        (request, to) -> endless(to, "HTTP/1.1 200 OK\r\n\r\n", "x".repeat(1000))),
                fault(
                        "endless chunks",
                        HttpFailure.Type.BODY_TOO_LARGE,
                        (request, to) ->
                                endless(to, "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n", "1\r\nx\r\n")),
                fault("gzip bomb", HttpFailure.Type.BODY_TOO_LARGE, encoded("gzip", gzip(new byte[20 << 20]))),
                fault(
                        "deflate bomb",
                        HttpFailure.Type.BODY_TOO_LARGE,
                        encoded("deflate", zlib(new byte[20 << 20], false))),
                fault(
                        "endless gzip",
                        HttpFailure.Type.BODY_TOO_LARGE,
                        (request, to) -> endless(
                                to, "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\n\r\n", "\u001f\u008b\b\0\0\0\0\0")),
                fault(
                        "not gzip",
                        HttpFailure.Type.BAD_ENCODING,
                        encoded("gzip", "plain text".getBytes(StandardCharsets.UTF_8))),
                fault(
                        "cut gzip",
                        HttpFailure.Type.BAD_ENCODING,
                        encoded("gzip", java.util.Arrays.copyOf(gzip(new byte[99]), 20))),
                fault("unknown encoding", HttpFailure.Type.BAD_ENCODING, encoded("br", new byte[9])));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void failsWithAConstantMessageAndTheNextCallWorks(String name, HttpFailure.Type type, Script script)
            throws Exception {
        try (RawServer server = RawServer.start(script);
                RawServer good = RawServer.start((request, to) -> to.ok("good"))) {
            HttpFailure first = calls.failure(server.uri("/metrics?token=secret"));
            HttpFailure second = calls.failure(server.uri("/metrics?token=secret"));

            assertThat(first.type()).as(first.getMessage()).isEqualTo(type);
            assertThat(second).hasMessage(first.getMessage());
            assertThat(first.getMessage())
                    .contains("http://127.0.0.1:" + server.port())
                    .doesNotContain("secret");
            assertThat(calls.body(good.uri("/"))).isEqualTo("good");
            assertThat(budget.used()).isZero();
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void readsABodyOfExactlyTheLimitInEveryFraming() throws Exception {
        String body = "x".repeat(LIMIT);
        try (RawServer server = RawServer.start((request, to) -> {
            switch (request.line()) {
                case "GET /length HTTP/1.1" -> to.ok(body);
                case "GET /chunks HTTP/1.1" ->
                    to.send("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n10000\r\n" + body
                            + "\r\n0\r\nx-trailer: 1\r\n\r\n");
                default -> {
                    to.send("HTTP/1.0 200 OK\r\n\r\n" + body);
                    to.socket().close();
                }
            }
        })) {
            assertThat(calls.body(server.uri("/length"))).isEqualTo(body);
            assertThat(calls.body(server.uri("/chunks"))).isEqualTo(body);
            assertThat(calls.body(server.uri("/end"))).isEqualTo(body);
        }
    }

    @Test
    void decodesWhatServersCompressThoughNobodyAsked() throws Exception {
        byte[] page = "ts_inference_requests_total 7\n".repeat(500).getBytes(StandardCharsets.UTF_8);
        try (RawServer server = RawServer.start((request, to) -> {
            switch (request.line()) {
                case "GET /gzip HTTP/1.1" -> encoded("gzip", gzip(page)).answer(request, to);
                case "GET /members HTTP/1.1" ->
                    encoded("x-gzip", twice(gzip(page))).answer(request, to);
                case "GET /zlib HTTP/1.1" ->
                    encoded("Deflate", zlib(page, false)).answer(request, to);
                case "GET /raw HTTP/1.1" -> encoded("deflate", zlib(page, true)).answer(request, to);
                case "GET /empty HTTP/1.1" -> encoded("gzip", new byte[0]).answer(request, to);
                default -> encoded("identity", page).answer(request, to);
            }
        })) {
            String text = new String(page, StandardCharsets.UTF_8);
            assertThat(calls.body(server.uri("/gzip"))).isEqualTo(text);
            assertThat(calls.body(server.uri("/members"))).isEqualTo(text + text);
            assertThat(calls.body(server.uri("/zlib"))).isEqualTo(text);
            assertThat(calls.body(server.uri("/raw"))).isEqualTo(text);
            assertThat(calls.body(server.uri("/empty"))).isEmpty();
            assertThat(calls.body(server.uri("/identity"))).isEqualTo(text);
        }
    }

    @Test
    void readsAnErrorBodyThatIsFollowedByAResetAndDoesNotUseThatConnectionAgain() throws Exception {
        try (RawServer server = RawServer.start((request, to) -> {
            to.send("HTTP/1.1 404 Not Found\r\nconnection: keep-alive\r\ncontent-length: 9\r\n\r\nnot found");
            to.reset();
        })) {
            for (int call = 0; call < 50; call++) {
                try (HttpAnswer answer = calls.get(server.uri("/models/x"))) {
                    assertThat(answer.status()).isEqualTo(404);
                    assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                            .isEqualTo("not found");
                }
            }
        }
    }

    @Test
    void doesNotWaitForTheEndOfTheConnectionWhenTheServerIgnoresClose() throws Exception {
        try (RawServer server = RawServer.start((request, to) -> to.ok("kept open"));
                Calls closing = new Calls().header("Connection", "close")) {
            assertThat(closing.body(server.uri("/"))).isEqualTo("kept open");
        }
    }

    @Test
    void repeatsACallOnceWhenAKeptConnectionTurnsOutToBeDead() throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        try (RawServer server = RawServer.start((request, to) -> {
            if (request.line().contains("/first")) {
                to.ok("first");
            } else if (gone.getCount() > 0) {
                gone.countDown();
                to.reset(); // as a server does that gave the connection up just before the request came
            } else {
                to.ok("second");
            }
        })) {
            assertThat(calls.body(server.uri("/first"))).isEqualTo("first");
            assertThat(calls.body(server.uri("/next"))).isEqualTo("second");
            assertThat(server.requests()).hasSize(3);
        }
    }

    @Test
    void takesBytesAfterTheAnnouncedEndForNobodysAnswer() throws Exception {
        try (RawServer server = RawServer.start((request, to) -> to.send(
                "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nokHTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nevil"))) {
            assertThat(calls.body(server.uri("/1"))).isEqualTo("ok");

            // Whether the stray bytes are seen before the connection is used again or after is a race; they are never
            // an answer.
            try {
                assertThat(calls.body(server.uri("/2"))).isEqualTo("ok");
            } catch (CompletionException e) {
                assertThat(((HttpFailure) e.getCause()).type()).isEqualTo(HttpFailure.Type.PROTOCOL_ERROR);
            }
        }
    }

    @Test
    void boundsTheWholeExchangeHoweverSlowlyTheServerGoesOn() throws Exception {
        try (RawServer server = RawServer.start((request, to) -> {
            to.send("HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n");
            for (int count = 0; count < 1000; count++) {
                to.send("x");
                awaitRead();
            }
        })) {
            HttpFailure failure = calls.failure(server.uri("/"), Duration.ofMillis(400));

            assertThat(failure.type()).isEqualTo(HttpFailure.Type.TIMEOUT);
            assertThat(failure)
                    .hasMessage("no complete answer from http://127.0.0.1:%d within the timeout", server.port());
        }
    }

    @Test
    void followsNoRedirectUnlessTold() throws Exception {
        try (RawServer other = RawServer.start((request, to) -> to.ok("other"));
                RawServer server = RawServer.start((request, to) -> to.send(
                        "HTTP/1.1 302 Found\r\nlocation: " + other.uri("/") + "\r\ncontent-length: 0\r\n\r\n"))) {
            try (HttpAnswer answer = calls.get(server.uri("/"))) {
                assertThat(answer.status()).isEqualTo(302);
            }
            assertThat(other.requests()).isEmpty();
        }
    }

    private static Arguments fault(String name, HttpFailure.Type type, Script script) {
        return Arguments.of(name, type, script);
    }

    private static Script encoded(String encoding, byte[] body) {
        return (request, to) -> {
            to.send("HTTP/1.1 200 OK\r\ncontent-encoding: " + encoding + "\r\ncontent-length: " + body.length
                    + "\r\n\r\n");
            to.send(body);
        };
    }

    /** Sends until the client hangs up. */
    private static void endless(RawServer.Connection to, String begin, String more) throws Exception {
        to.send(begin);
        byte[] block = more.repeat(1 + 8192 / more.length()).getBytes(StandardCharsets.ISO_8859_1);
        while (true) {
            to.send(block);
        }
    }

    /** Gives the client's thread a moment, so that it sees the parts one by one. */
    private static void awaitRead() throws InterruptedException {
        new CountDownLatch(1).await(30, java.util.concurrent.TimeUnit.MILLISECONDS);
    }

    private static byte[] gzip(byte[] bytes) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream zip = new GZIPOutputStream(out)) {
            zip.write(bytes);
        }
        return out.toByteArray();
    }

    private static byte[] zlib(byte[] bytes, boolean raw) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream zip = new DeflaterOutputStream(out, new Deflater(9, raw))) {
            zip.write(bytes);
        }
        return out.toByteArray();
    }

    private static byte[] twice(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(bytes);
        out.writeBytes(bytes);
        return out.toByteArray();
    }
}
