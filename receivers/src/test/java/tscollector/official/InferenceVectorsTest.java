package tscollector.official;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tscollector.consumer.Consumers;
import tscollector.signal.MetricBatch;
import tscollector.signal.MetricGroup;
import tscollector.signal.Signal;
import tscollector.testkit.CollectingConsumer;
import tscollector.testkit.TestContext;
import tscollector.torchserve.FakeHttp;
import tscollector.torchserve.OfficialConfig;
import tscollector.torchserve.OfficialConfig.Compat;
import tscollector.torchserve.OfficialConfig.Numbers;
import tscollector.torchserve.Outlet;
import tscollector.torchserve.Scopes;
import tscollector.torchserve.ServerResource;
import tscollector.torchserve.Target;
import tscollector.torchserve.inference.PingScraper;

class InferenceVectorsTest {
    static List<String> vectors() {
        return Vector.names("inf-");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    @DisplayName("I1 I2 I3 C6 C7: strict gives what the check submitted, and asks where it asked")
    void givesWhatTheCheckSubmitted(String name) {
        Vector vector = Vector.of(name);
        JsonNode instance = vector.instance();
        boolean noHost = instance.path("empty_default_hostname").asBoolean();
        OfficialConfig official =
                new OfficialConfig(Compat.STRICT, Numbers.OFFICIAL, Vector.texts(instance.path("tags")), null, noHost);
        TestContext test = new TestContext("torchserve_inference");
        VectorServer server = new VectorServer(vector);
        FakeHttp http = new FakeHttp(test.scheduler(), server);
        CollectingConsumer<MetricBatch> next = CollectingConsumer.metrics();
        Target target = Target.of(
                instance.path("inference_api_url").asString(),
                new ServerResource("ts", Map.of(), official.resourceAttributes()),
                true);
        PingScraper scraper = new PingScraper(
                target,
                http,
                Duration.ofSeconds(10),
                official,
                Scopes.of("torchserve_inference", "1"),
                test.build(),
                new Outlet(test.build(), Consumers.of(Signal.METRICS, next)),
                null);

        for (int run = 0; run < vector.runs(); run++) {
            server.begin(run);
            http.forget();
            scraper.scrape();
            test.scheduler().advance(Duration.ofSeconds(15));

            List<MetricBatch> batches = List.of(next.last());
            assertThat(Emitted.checks(batches)).isEqualTo(vector.checks(run));
            assertThat(Emitted.metrics(batches)).isEmpty();
            JsonNode request = vector.run(run).path("requests").get(0);
            assertThat(http.asked()).containsExactly("GET " + request.get(1).asString());
            for (MetricGroup group : next.last().groups()) {
                assertThat(group.resource().getAttribute(OfficialConfig.HOST_NAME))
                        .isEqualTo(noHost ? "" : null);
            }
        }
    }
}
