package tscollector.official;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tscollector.consumer.Consumers;
import tscollector.signal.LogBatch;
import tscollector.signal.MetricBatch;
import tscollector.signal.Signal;
import tscollector.testkit.CollectingConsumer;
import tscollector.testkit.TestContext;
import tscollector.torchserve.FakeHttp;
import tscollector.torchserve.OfficialConfig;
import tscollector.torchserve.OfficialConfig.Compat;
import tscollector.torchserve.OfficialConfig.Numbers;
import tscollector.torchserve.Outlet;
import tscollector.torchserve.Scopes;
import tscollector.torchserve.SeriesBudget;
import tscollector.torchserve.ServerResource;
import tscollector.torchserve.Target;
import tscollector.torchserve.management.ManagementScraper;
import tscollector.torchserve.management.ModelsConfig;

class ManagementVectorsTest {
    private static final Duration INTERVAL = Duration.ofSeconds(15);

    /** Their runs were killed by a field that is missing; nobody wants that back. What they sent until then is sent. */
    private static final List<String> KILLED =
            List.of("mg-describe-noversion", "mg-describe-worker-noid", "mg-describe-workers-null");

    static List<String> vectors() {
        return Vector.names("mg-").stream()
                .filter(name -> !KILLED.contains(name))
                .toList();
    }

    static List<String> killed() {
        return KILLED;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    @DisplayName(
            "C6 M1 M2 M3 M4 M5 M6 M7 M8 M9 M10 M11 M12 M13 M14 M15 M16 M17 M18: strict gives what the check submitted")
    void givesWhatTheCheckSubmitted(String name) {
        Vector vector = Vector.of(name);
        Player player = new Player(vector);

        for (int run = 0; run < vector.runs(); run++) {
            List<MetricBatch> batches = player.run(run);

            assertThat(Emitted.checks(batches)).as("run " + run).isEqualTo(vector.checks(run));
            if (vector.run(run).has("n_submitted")) {
                assertThat(Emitted.metrics(batches)).as("run " + run).containsAll(vector.metrics(run));
                int submitted = vector.run(run).path("n_submitted").asInt();
                assertThat(Emitted.metrics(batches))
                        .hasSize(submitted - vector.checks(run).size());
            } else {
                assertThat(Emitted.metrics(batches)).as("run " + run).isEqualTo(vector.metrics(run));
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("killed")
    @DisplayName("M6: a missing field costs no run, in strict either")
    void outlivesAMissingField(String name) {
        Vector vector = Vector.of(name);

        List<MetricBatch> batches = new Player(vector).run(0);

        assertThat(Emitted.metrics(batches)).containsAll(vector.metrics(0));
        assertThat(Emitted.checks(batches)).singleElement().asString().contains("management_api.health 0.0");
    }

    /** One receiver's scraper, set up as the vector's instance. */
    private static final class Player {
        private final TestContext test = new TestContext("torchserve_management");
        private final CollectingConsumer<MetricBatch> metrics = CollectingConsumer.metrics();
        private final CollectingConsumer<LogBatch> logs = CollectingConsumer.logs();
        private final VectorServer server;
        private final ManagementScraper scraper;

        Player(Vector vector) {
            JsonNode instance = vector.instance();
            server = new VectorServer(vector);
            OfficialConfig official = new OfficialConfig(
                    Compat.STRICT, Numbers.OFFICIAL, Vector.texts(instance.path("tags")), null, false);
            Duration timeout = Duration.ofSeconds(instance.path("timeout").asInt(10));
            Target target = Target.of(
                    instance.path("management_api_url").asString(),
                    new ServerResource("ts", Map.of(), official.resourceAttributes()),
                    true);
            scraper = new ManagementScraper(
                    target,
                    new FakeHttp(test.scheduler(), server),
                    new ManagementScraper.Options(models(instance), timeout, null, official),
                    Scopes.of("torchserve_management", "1"),
                    test.build(),
                    new Outlet(
                            test.build(), Consumers.of(Signal.METRICS, metrics).and(Signal.LOGS, logs)),
                    new SeriesBudget(Long.MAX_VALUE),
                    null);
        }

        /** As the importer writes the instance's settings. */
        private static ModelsConfig models(JsonNode instance) {
            boolean none = instance.has("include") && instance.path("include").isNull();
            List<String> include = instance.path("include").isArray() ? Vector.texts(instance.path("include")) : null;
            List<String> exclude = none ? List.of(".*") : Vector.texts(instance.path("exclude"));
            Duration interval = Duration.ofSeconds(instance.path("interval").asInt(0));
            return new ModelsConfig(include, exclude, limit(instance), interval, Duration.ofSeconds(60));
        }

        private static @Nullable Integer limit(JsonNode instance) {
            JsonNode limit = instance.path("limit");
            return limit.isMissingNode() ? Integer.valueOf(100) : limit.isInt() ? Integer.valueOf(limit.asInt()) : null;
        }

        List<MetricBatch> run(int run) {
            server.begin(run);
            int before = metrics.batches().size();
            CompletableFuture<?> scrape = scraper.scrape().toCompletableFuture();
            for (int i = 0; i < 1_000 && !scrape.isDone(); i++) {
                test.scheduler().advance(Duration.ofMillis(100));
            }
            assertThat(scrape).isCompleted();
            test.scheduler().advance(INTERVAL);
            return metrics.batches().subList(before, metrics.batches().size());
        }
    }
}
