package tscollector.exporter.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import tscollector.component.Descriptor;
import tscollector.component.Factory;
import tscollector.config.Config;
import tscollector.config.ConfigBinder;
import tscollector.config.Hint;
import tscollector.config.Problems;
import tscollector.config.Secret;
import tscollector.kit.delivery.DeliveryConfig;
import tscollector.kit.delivery.QueueConfig;
import tscollector.kit.http.AuthConfig;
import tscollector.kit.http.OAuth2Config;
import tscollector.kit.http.TlsConfig;
import tscollector.kit.http.TokenFileConfig;

class OtlpConfigTest {
    private static final TlsConfig INSECURE =
            new TlsConfig(true, false, null, null, null, null, null, null, null, "1.2", null);

    @Test
    void httpNeedsOneAddressOrBothOfTheSignals() {
        String missing = "endpoint is required: the address of the backend, such as http://127.0.0.1:4318;"
                + " or set both metrics_endpoint and logs_endpoint";
        assertThat(problems(http(null, null, null))).containsExactly(missing);
        assertThat(problems(http(null, "http://a/m", null))).containsExactly(missing);
        assertThat(problems(http(null, "http://a/m", "http://a/l"))).isEmpty();
        assertThat(problems(http("http://a", null, null))).isEmpty();
    }

    @Test
    void pathsFollowTheBaseAddress() {
        OtlpHttpConfig config = http("http://a:4318/base/?key=1", null, null);
        assertThat(OtlpHttpFactory.address(config, null, "v1/metrics"))
                .isEqualTo("http://a:4318/base/v1/metrics?key=1");
        assertThat(OtlpHttpFactory.address(http("http://a:4318", null, null), null, "v1/logs"))
                .isEqualTo("http://a:4318/v1/logs");
        assertThat(OtlpHttpFactory.address(config, "http://b/x/", "v1/logs")).isEqualTo("http://b/x/");
    }

    @Test
    void jsonIsNotThere() {
        OtlpHttpConfig d = OtlpHttpConfig.defaults();
        OtlpHttpConfig json = new OtlpHttpConfig(
                "http://a",
                null,
                null,
                OtlpHttpConfig.Encoding.JSON,
                d.compression(),
                d.headers(),
                d.timeout(),
                d.tls(),
                null,
                null,
                null,
                null,
                null,
                d.delivery());

        assertThat(problems(json)).containsExactly("encoding json is not supported; leave it out, or write proto");
    }

    @Test
    void headersThatCouldNotBeSentAreMistakesWithoutTheirValues() {
        AuthConfig auth = new AuthConfig(null, new AuthConfig.Bearer(new Secret("t"), null), null);
        Map<String, Secret> headers = Map.of("X-A", new Secret("hid\nden"));

        assertThat(problems(grpc("a:1", TlsConfig.defaults(), headers, null)))
                .containsExactly("headers.X-A has a value with characters that a header cannot carry");
        assertThat(problems(grpc("a:1", TlsConfig.defaults(), Map.of("X A", new Secret("")), null)))
                .containsExactly("headers.X A is not a name a header can have");
        assertThat(problems(grpc("a:1", TlsConfig.defaults(), Map.of("authorization", new Secret("x")), auth)))
                .containsExactly("headers.authorization and auth exclude each other");
    }

    @Test
    void theKeyFileOfTorchServeIsNoAuthorisationForABackend() {
        AuthConfig auth = new AuthConfig(null, null, "/key_file.json");
        assertThat(problems(grpc("a:1", TlsConfig.defaults(), Map.of(), auth)))
                .containsExactly("auth.torchserve_key_file is for TorchServe servers; use basic or bearer here");
    }

    @Test
    void whatOtlpCannotHonourIsAMistake() {
        Secret secret = new Secret("s");
        AuthConfig auth = new AuthConfig(
                null,
                new AuthConfig.Digest("u", secret),
                null,
                OAuth2Config.defaults(),
                TokenFileConfig.defaults(),
                null);
        TlsConfig byHost = new TlsConfig(
                false, false, null, null, null, null, null, null, null, "1.2", null, List.of(), List.of(), true);

        assertThat(problems(grpc("a:1", byHost, Map.of(), auth)))
                .containsExactly(
                        "auth.digest is not there for OTLP; use basic or bearer here",
                        "auth.oauth2 is not there for OTLP; use basic or bearer here",
                        "auth.token_file is not there for OTLP; use bearer: {token_file}, a file with nothing but the token",
                        "tls.server_name_from_host_header is not there for OTLP; use server_name_override");
    }

    @Test
    void grpcAddressesHaveNoPathAndNoContradiction() {
        assertThat(problems(grpc("https://a:4317", INSECURE, Map.of(), null)))
                .containsExactly(
                        "tls.insecure and an endpoint with https:// contradict each other; write http:// or host:port for a backend without TLS");
        assertThat(problems(grpc("http://a:4317/v1/metrics", INSECURE, Map.of(), null)))
                .containsExactly("endpoint must end with the port: gRPC has no path");
        assertThat(problems(grpc("a:4317/x", INSECURE, Map.of(), null)))
                .containsExactly("endpoint must end with the port: gRPC has no path");
        assertThat(problems(grpc("http://a:4317/", INSECURE, Map.of(), null))).isEmpty();
    }

    @Test
    void theDefaultsAreTheCollectors() {
        assertThat(OtlpHttpConfig.defaults().timeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(OtlpGrpcConfig.defaults().timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(OtlpHttpConfig.defaults().compression()).isEqualTo(Compression.GZIP);
        assertThat(OtlpGrpcConfig.defaults().compression()).isEqualTo(Compression.GZIP);
    }

    @Test
    void pastedKeysAreAnsweredWithWhatToDo() {
        assertThat(OtlpGrpcConfig.class.getAnnotationsByType(Hint.class))
                .extracting(Hint::key)
                .contains("keepalive", "balancer_name", "read_buffer_size", "wait_for_ready");
        assertThat(OtlpHttpConfig.class.getAnnotationsByType(Hint.class))
                .extracting(Hint::key)
                .contains("max_idle_conns", "idle_conn_timeout", "write_buffer_size", "disable_keep_alives");
    }

    @Test
    void nothingOfThePrintedConfigIsASecret() {
        OtlpGrpcConfig config = grpc("a:1", TlsConfig.defaults(), Map.of("k", new Secret("hidden")), null);
        assertThat(config.toString()).doesNotContain("hidden");
        assertThat(ClientSettings.of(config).toString()).doesNotContain("hidden");
    }

    @Test
    void bothFactoriesAreFoundUnderBothNames() {
        List<String> names = ServiceLoader.load(Factory.class).stream()
                .map(ServiceLoader.Provider::get)
                .map(factory -> ((Factory<?>) factory).descriptor().names().toString())
                .toList();

        assertThat(names).contains("[otlp, otlp_grpc]", "[otlp_http, otlphttp]", "[sdk]");
    }

    @Test
    void theExamplesBindWithoutAProblem() {
        ConfigBinder binder = ServiceLoader.load(ConfigBinder.class).findFirst().orElseThrow();
        for (Factory<?> factory : ServiceLoader.load(Factory.class)) {
            Problems problems = new Problems();
            bind(binder, factory.descriptor(), problems);
            assertThat(problems.all()).as(factory.descriptor().type()).isEmpty();
        }
    }

    @Test
    void aPastedFileOfTheCollectorBindsOrSaysWhatToDo() {
        ConfigBinder binder = ServiceLoader.load(ConfigBinder.class).findFirst().orElseThrow();
        Problems fine = new Problems();
        OtlpGrpcConfig config = binder.bind("""
                endpoint: otelcol:4317
                tls: {insecure: true}
                sending_queue: {enabled: true, num_consumers: 10, queue_size: 1000}
                retry_on_failure: {enabled: true, initial_interval: 5s, max_elapsed_time: 300s}
                """, new OtlpGrpcFactory().descriptor(), fine);
        Problems pasted = new Problems();
        binder.bind("""
                endpoint: otelcol:4317
                keepalive: {time: 30s}
                sending_queue: {storage: file_storage, block_on_overflow: true, batch: {sizer: items}}
                """, new OtlpGrpcFactory().descriptor(), pasted);

        assertThat(fine.all()).isEmpty();
        assertThat(config.url()).isEqualTo("http://otelcol:4317");
        assertThat(config.delivery().sendingQueue().effectiveSizer()).isEqualTo(QueueConfig.Sizer.REQUESTS);
        assertThat(pasted.all())
                .extracting(p -> p.path() + " " + p.text())
                .anyMatch(text -> text.startsWith("keepalive is not a setting here; a dead connection is found"))
                .anyMatch(text -> text.startsWith("sending_queue.storage is not a setting here; a queue that survives"))
                .anyMatch(
                        text -> text.startsWith("sending_queue.batch.sizer is not a setting here; batches are counted"))
                .anyMatch(text -> text.startsWith("sending_queue.block_on_overflow must be false"))
                .hasSize(4);
    }

    private static <C extends Config> void bind(ConfigBinder binder, Descriptor<C> descriptor, Problems problems) {
        binder.bind(descriptor.example(), descriptor, problems);
    }

    private static OtlpHttpConfig http(String endpoint, String metrics, String logs) {
        OtlpHttpConfig d = OtlpHttpConfig.defaults();
        return new OtlpHttpConfig(
                endpoint,
                metrics,
                logs,
                d.encoding(),
                d.compression(),
                d.headers(),
                d.timeout(),
                d.tls(),
                null,
                null,
                null,
                null,
                null,
                d.delivery());
    }

    private static OtlpGrpcConfig grpc(String endpoint, TlsConfig tls, Map<String, Secret> headers, AuthConfig auth) {
        return new OtlpGrpcConfig(
                endpoint, Compression.GZIP, headers, Duration.ofSeconds(5), tls, auth, DeliveryConfig.defaults());
    }

    private static List<String> problems(Config config) {
        Problems problems = new Problems();
        config.validate(problems);
        return problems.all().stream().map(p -> p.path() + " " + p.text()).toList();
    }
}
