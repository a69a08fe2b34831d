package tscollector.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static tscollector.simulator.Api.INFERENCE;
import static tscollector.simulator.Api.MANAGEMENT;
import static tscollector.simulator.Api.METRICS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenGoldenTest {
    private static final ModelSettings TOKENIZER = ModelSettings.of("tokenizer", "1.0", "tokenizer.mar");
    private static final Pattern KEY = Pattern.compile("\"key\": \"[A-Za-z0-9_-]{8}\"");
    private static final Pattern EXPIRATION =
            Pattern.compile("\"expiration time\": \"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?Z\"");

    @TempDir
    private Path folder;

    private final SettableClock clock = new SettableClock();
    private TorchServeSimulator server;

    @BeforeEach
    void start() {
        start(builder().model(TOKENIZER));
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void writesTheKeyFileAsTheRealServer() throws IOException {
        String file = keyFile();

        assertThat(normal(file)).isEqualTo(normal(Capture.text("token/t00-key_file.json")));
        assertThat(keyIn(file, "management")).isEqualTo(server.key(MANAGEMENT).orElseThrow());
        assertThat(keyIn(file, "inference")).isEqualTo(server.key(INFERENCE).orElseThrow());
        assertThat(keyIn(file, "API")).isEqualTo(server.tokenApiKey().orElseThrow());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("key_file.json"))))
                .isEqualTo("rw-------");
    }

    @Test
    void asksForTheKeyOfEachAddress() {
        String inference = bearer(server.key(INFERENCE).orElseThrow());
        String management = bearer(server.key(MANAGEMENT).orElseThrow());

        send(INFERENCE, "/ping", "t01-ping-notoken");
        send(INFERENCE, "/ping", "t02-ping-wrong", bearer("wrong"));
        send(INFERENCE, "/ping", "t03-ping-mgmtkey", management);
        send(INFERENCE, "/ping", "t04-ping-ok", inference);
        send(MANAGEMENT, "/models", "t05-models-notoken");
        send(MANAGEMENT, "/models", "t06-models-infkey", inference);
        send(MANAGEMENT, "/nosuch", "t11-404-notoken");
        send(MANAGEMENT, "/models", "t12-lowercase-scheme", management.replace("Bearer", "bearer"));
        assertThat(RawClient.get(server, METRICS, "/metrics").status()).isEqualTo(200);
        assertThat(RawClient.send(server, MANAGEMENT, "OPTIONS", "/").status()).isEqualTo(200);
        assertThat(RawClient.get(server, INFERENCE, "/api-description").status())
                .isEqualTo(200);
    }

    @Test
    void takesTheManagementKeyWithAnyNumberOfBlanks() {
        String management = server.key(MANAGEMENT).orElseThrow();
        start(builder().model(CapturedServers.REGRESSION_1).model(TOKENIZER));

        send(
                MANAGEMENT,
                "/models",
                "t07-models-ok",
                bearer(server.key(MANAGEMENT).orElseThrow()));
        send(
                MANAGEMENT,
                "/models/linear_regression",
                "t08-describe-ok",
                bearer(server.key(MANAGEMENT).orElseThrow()));
        send(
                MANAGEMENT,
                "/models",
                "t13-two-spaces",
                bearer("  " + server.key(MANAGEMENT).orElseThrow()));
        send(
                MANAGEMENT,
                "/v1/models/linear_regression",
                "t19-v1-ready",
                bearer(server.key(MANAGEMENT).orElseThrow()));
        assertThat(server.key(MANAGEMENT)).as("same seed, same keys").contains(management);
    }

    @Test
    void findsTheTokenApiAnywhereInTheRequest() {
        String management = bearer(server.key(MANAGEMENT).orElseThrow());

        send(MANAGEMENT, "/models/tokenizer", "t16-tokenizer", management);
        send(MANAGEMENT, "/models/tokenizer/all", "t17-tokenizer-all", management);
        send(MANAGEMENT, "/models", "t18-header-token", management, "Referer: http://x/token");
    }

    @Test
    void rotatesOneKeyWithTheApiKeyOnly() throws IOException {
        String api = bearer(server.tokenApiKey().orElseThrow());
        String oldKey = server.key(MANAGEMENT).orElseThrow();
        String before = keyFile();

        send(MANAGEMENT, "/token?type=management", "t20-rotate-mgmtkey", bearer(oldKey));
        send(MANAGEMENT, "/token?type=nosuch", "t21-rotate-wrongtype", api);
        send(MANAGEMENT, "/token", "t22-rotate-notype", api);
        assertThat(keyFile()).isEqualTo(before);

        clock.advance(Duration.ofSeconds(12));
        send(MANAGEMENT, "/token?type=management", "t23-rotate-ok", api);

        String after = keyFile();
        assertThat(normal(after)).isEqualTo(normal(Capture.text("token/t24-key_file-after.json")));
        assertThat(keyIn(after, "management")).isNotEqualTo(oldKey);
        assertThat(after.substring(after.indexOf("\"inference\"")))
                .isEqualTo(before.substring(before.indexOf("\"inference\"")));
        send(MANAGEMENT, "/models", "t25-models-oldkey", bearer(oldKey));
        assertThat(get("/models", bearer(keyIn(after, "management"))).status()).isEqualTo(200);
    }

    @Test
    void refusesExpiredKeysWithoutRewritingTheFile() throws IOException {
        start(builder().tokenLifetime(Duration.ofSeconds(12)).model(CapturedServers.REGRESSION_1));
        String management = bearer(server.key(MANAGEMENT).orElseThrow());
        String inference = bearer(server.key(INFERENCE).orElseThrow());
        String file = keyFile();

        send(MANAGEMENT, "/models", "t40-models-valid", management);
        clock.advance(Duration.ofSeconds(13));
        send(MANAGEMENT, "/models", "t42-models-expired", management);
        send(INFERENCE, "/ping", "t43-ping-expired", inference);
        assertThat(keyFile()).isEqualTo(file);

        send(
                MANAGEMENT,
                "/token?type=management",
                "t45-rotate-expired",
                bearer(server.tokenApiKey().orElseThrow()));
        assertThat(get("/models", bearer(keyIn(keyFile(), "management"))).status())
                .isEqualTo(200);
        assertThat(RawClient.get(server, INFERENCE, "/ping", inference).status())
                .isEqualTo(400);
    }

    @Test
    void refusesRegistrationButNotScalingWhileTheModelApiIsOff() {
        start(builder().model(CapturedServers.REGRESSION_1));
        String management = bearer(server.key(MANAGEMENT).orElseThrow());

        Capture.assertSame(
                RawClient.send(server, MANAGEMENT, "POST", "/models?url=noop.mar", management),
                "token/t46-register-modelapi-off.http");
        Capture.assertSame(
                RawClient.send(server, MANAGEMENT, "DELETE", "/models/linear_regression", management),
                "token/t47-delete-modelapi-off.http");
        Capture.assertSame(
                RawClient.send(server, MANAGEMENT, "PUT", "/models/linear_regression?min_worker=1", management),
                "token/t48-put-modelapi-off.http");
    }

    @Test
    void expiresRotatesAndRenewsKeysAtACallersWish() throws IOException {
        String inference = server.key(INFERENCE).orElseThrow();
        String file = keyFile();

        server.expireKeys();
        assertThat(RawClient.get(server, INFERENCE, "/ping", bearer(inference)).status())
                .isEqualTo(400);
        assertThat(keyFile()).isNotEqualTo(file);
        assertThat(keyIn(keyFile(), "inference")).isEqualTo(inference);
        server.rotateKey(INFERENCE);
        assertThat(keyIn(keyFile(), "inference")).isNotEqualTo(inference);
        assertThat(RawClient.get(server, INFERENCE, "/ping", bearer(keyIn(keyFile(), "inference")))
                        .status())
                .isEqualTo(200);
        String api = server.tokenApiKey().orElseThrow();
        server.restart();
        assertThat(keyIn(keyFile(), "API")).isNotEqualTo(api);
    }

    @Test
    void canBeUsedForPingOnlyOnOneAddress() {
        start(builder().oneAddress().model(CapturedServers.REGRESSION_1));
        String inference = bearer(server.key(INFERENCE).orElseThrow());
        String management = bearer(server.key(MANAGEMENT).orElseThrow());

        assertThat(server.port(METRICS)).isEqualTo(server.port(INFERENCE)).isEqualTo(server.port(MANAGEMENT));
        shared("/models", "q01-models-mgmtkey", management);
        shared("/models", "q02-models-infkey", inference);
        shared("/ping", "q03-ping-infkey", inference);
        shared("/models", "q04-models-twoheaders", inference, management);
        shared("/metrics", "q05-metrics-shared", inference);
    }

    @Test
    void servesEverythingOnOneAddressWithoutTokens() {
        server.close();
        server = CapturedServers.session().oneAddress().start();
        shared("/models", "q06-models-notoken");
        Capture.load(server, "one-address/q07-metrics-shared.http");

        Capture.assertSamePage(RawClient.get(server, METRICS, "/metrics"), "one-address/q07-metrics-shared.http");
    }

    private TorchServeSimulatorBuilder builder() {
        return TorchServeSimulator.builder().clock(clock).tokens(folder.resolve("key_file.json"));
    }

    private void start(TorchServeSimulatorBuilder builder) {
        if (server != null) {
            server.close();
        }
        server = builder.start();
    }

    private static String bearer(String key) {
        return "Authorization: Bearer " + key;
    }

    private Reply get(String target, String... headers) {
        return RawClient.get(server, MANAGEMENT, target, headers);
    }

    private void send(Api api, String target, String capture, String... headers) {
        Capture.assertSame(RawClient.get(server, api, target, headers), "token/" + capture + ".http");
    }

    private void shared(String target, String capture, String... headers) {
        Capture.assertSame(RawClient.get(server, INFERENCE, target, headers), "one-address/" + capture + ".http");
    }

    private String keyFile() throws IOException {
        return Files.readString(server.keyFile().orElseThrow());
    }

    private static String normal(String file) {
        return EXPIRATION.matcher(KEY.matcher(file).replaceAll("KEY")).replaceAll("EXPIRATION");
    }

    private static String keyIn(String file, String section) {
        Matcher key = Pattern.compile("\"" + section + "\": \\{\\s+\"key\": \"([^\"]+)\"")
                .matcher(file);
        assertThat(key.find()).isTrue();
        return key.group(1);
    }
}
