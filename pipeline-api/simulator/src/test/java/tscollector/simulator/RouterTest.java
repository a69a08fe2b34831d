package tscollector.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who answers what, without a socket. */
class RouterTest {
    @TempDir
    private Path folder;

    private final ServerConfig config = new ServerConfig();

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource({
        "INFERENCE, GET, /ping, 200",
        "INFERENCE, PUT, /ping/whatever, 200",
        "INFERENCE, GET, /pin, 404",
        "INFERENCE, GET, /predictions, 404",
        "INFERENCE, GET, /, 405",
        "INFERENCE, OPTIONS, /, 200",
        "INFERENCE, GET, /api-description, 200",
        "INFERENCE, GET, /api-description/x, 404",
        "MANAGEMENT, GET, /models, 200",
        "MANAGEMENT, HEAD, /models, 405",
        "MANAGEMENT, GET, /models/a, 200",
        "MANAGEMENT, GET, /models/a/1.0, 200",
        "MANAGEMENT, GET, /models/a/all, 200",
        "MANAGEMENT, GET, /models/A, 404",
        "MANAGEMENT, GET, /models/a/1, 404",
        "MANAGEMENT, OPTIONS, /models/a, 200",
        "MANAGEMENT, OPTIONS, /models/b, 404",
        "MANAGEMENT, GET, /models/a/1.0/set-default, 405",
        "MANAGEMENT, PUT, /models/a/1.0/set-default, 200",
        "MANAGEMENT, PUT, /models/a/1.0/set-defaul, 404",
        "MANAGEMENT, POST, /models?url=a.mar, 405",
        "MANAGEMENT, DELETE, /models/a, 405",
        "MANAGEMENT, GET, /v1/models/a, 200",
        "MANAGEMENT, GET, /v1/models/b, 404",
        "MANAGEMENT, GET, /v1/models, 404",
        "MANAGEMENT, GET, /workflows, 200",
        "MANAGEMENT, GET, /token?type=management, 404",
        "METRICS, DELETE, /metrics/a/b/c, 200",
        "METRICS, GET, /metricsx, 404",
    })
    void answersByAddressMethodAndPath(Api api, String method, String target, int status) {
        assertThat(router(null).answer(api, request(method, target)).status()).isEqualTo(status);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "INFERENCE, /ping, Authorization",
        "INFERENCE, /nosuch, Authorization",
        "INFERENCE, /, Authorization",
        "INFERENCE, /token, Authorization",
        "MANAGEMENT, /models, Authorization",
        "MANAGEMENT, /nosuch, Authorization",
        "MANAGEMENT, /, Authorization",
        "MANAGEMENT, /token, Authentication",
        "MANAGEMENT, /models/tokenizer, Authentication",
        "MANAGEMENT, /x?y=/token, Authentication",
    })
    void asksForATokenBeforeAnythingElse(Api api, String target, String wording) {
        Answer answer = router(keys()).answer(api, request("GET", target));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(body(answer)).contains("InvalidKeyException", "Token " + wording + " failed.");
    }

    @ParameterizedTest
    @CsvSource({"METRICS, GET, /metrics, 200", "METRICS, GET, /nosuch, 404", "MANAGEMENT, OPTIONS, /, 200"})
    void leavesMetricsAndDescriptionsOpen(Api api, String method, String target, int status) {
        assertThat(router(keys()).answer(api, request(method, target)).status()).isEqualTo(status);
    }

    @Test
    void answersEverythingOnOneAddress() {
        config.oneAddress = true;
        Router router = router(null);

        for (String target : List.of("/ping", "/models", "/metrics", "/v1/models/a")) {
            assertThat(router.answer(Api.INFERENCE, request("GET", target)).status())
                    .isEqualTo(200);
        }
        assertThat(router.answer(Api.INFERENCE, request("GET", "/nosuch")).status())
                .isEqualTo(404);
    }

    @Test
    void givesEachRequestAnIdOfItsOwn() {
        Router router = router(null);
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            String head = new String(
                    router.answer(Api.INFERENCE, request("GET", "/ping")).headBytes(), StandardCharsets.ISO_8859_1);
            String id = head.replaceAll("(?s).*x-request-id: (\\S+).*", "$1");
            assertThat(id).matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
            ids.add(id);
        }
        assertThat(ids).hasSize(1_000);
    }

    @Test
    void tellsTheConfiguredVersion() {
        config.version = "0.9.0";

        assertThat(body(router(null).answer(Api.METRICS, request("OPTIONS", "/"))))
                .contains("\"version\": \"0.9.0\"");
    }

    private Router router(TokenKeys tokens) {
        MetricRegistry registry = new MetricRegistry(1, List.of());
        ModelStore models = new ModelStore(config.clock, 1, registry, "h", 0);
        models.register(ModelSettings.of("a", "1.0", "a.mar"), false);
        Traffic traffic = new Traffic(registry, "h");
        return new Router(
                config,
                tokens,
                new InferenceApi(models, traffic),
                new ManagementApi(models, traffic, new SlowGpus(Duration.ZERO), config),
                new MetricsApi(registry, config.mode, config.charset));
    }

    private TokenKeys keys() {
        return new TokenKeys(config.clock, 1, Duration.ofHours(1), folder.resolve("key_file.json"));
    }

    private static Request request(String method, String target) {
        return new Request(method, target, Map.of(), false, false);
    }

    private static String body(Answer answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
