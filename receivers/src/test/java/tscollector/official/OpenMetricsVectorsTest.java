package tscollector.official;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tscollector.consumer.Consumers;
import tscollector.exposition.ExpositionConfig;
import tscollector.exposition.ExpositionLimits;
import tscollector.exposition.ExpositionOptions;
import tscollector.exposition.HistogramConfig;
import tscollector.exposition.MetricsScrapers;
import tscollector.kit.scrape.Scraper;
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
import tscollector.torchserve.ServerResource;
import tscollector.torchserve.Target;

class OpenMetricsVectorsTest {
    static List<String> vectors() {
        return Vector.names("om-");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    @DisplayName("C6 C7 O8 O12 O17 O20 O24 O26 O27 O28 O29 O32 O33 O35: strict gives what the check submitted")
    void givesWhatTheCheckSubmitted(String name) {
        Vector vector = Vector.of(name);
        Player player = new Player(vector, Compat.STRICT);
        ShortNaming naming = new ShortNaming(vector.instance());
        FirstValues theirs = new FirstValues();
        FirstValues ours = new FirstValues();

        for (int run = 0; run < vector.runs(); run++) {
            List<MetricBatch> batches = player.run(run);

            assertThat(Emitted.checks(batches)).as("run " + run).isEqualTo(vector.checks(run));
            List<ShortNaming.Sent> sent = new ArrayList<>();
            batches.forEach(batch -> sent.addAll(naming.sent(batch)));
            assertThat(ours.points(sent))
                    .as("run " + run)
                    .isEqualTo(theirs.points(ShortNaming.submitted(vector.run(run))));
        }
    }

    @Test
    @DisplayName("O33: the Accept header, and that of use_latest_spec")
    void asksForWhatTheCheckAsksFor() {
        Player text = new Player(Vector.of("om-tags"), Compat.STRICT);
        Vector latest = Vector.of("om-use-latest-spec");
        Player openMetrics = new Player(latest, Compat.OFF);
        text.run(0);
        openMetrics.run(0);

        assertThat(text.http.asks().get(0).headers()).containsEntry("Accept", "text/plain");
        assertThat(openMetrics.http.asks().get(0).headers())
                .containsEntry(
                        "Accept",
                        latest.json().path("request_headers").path("Accept").asString());
    }

    @Test
    @DisplayName("O32: with compat off an answer without # EOF is read whatever was asked for")
    void readsTheAnswerOfAServerThatKnowsNoOpenMetrics() {
        Vector vector = Vector.of("om-use-latest-spec");

        List<MetricBatch> batches = new Player(vector, Compat.OFF).run(0);

        assertThat(new ShortNaming(vector.instance()).sent(batches.get(0))).hasSize(8);
    }

    /** One receiver's scraper, set up as the importer sets it up for the vector's instance. */
    private static final class Player {
        private final TestContext test = new TestContext("torchserve_openmetrics");
        private final CollectingConsumer<MetricBatch> next = CollectingConsumer.metrics();
        private final VectorServer server;
        private final FakeHttp http;
        private final Scraper scraper;

        Player(Vector vector, Compat compat) {
            JsonNode instance = vector.instance();
            server = new VectorServer(vector);
            http = new FakeHttp(test.scheduler(), server);
            OfficialConfig official = new OfficialConfig(
                    compat,
                    Numbers.OFFICIAL,
                    Vector.texts(instance.path("tags")),
                    null,
                    instance.path("empty_default_hostname").asBoolean());
            ExpositionOptions options = new ExpositionOptions(
                    ExpositionLimits.defaults(), exposition(instance), histograms(instance), official);
            scraper = new MetricsScrapers(
                            http,
                            Duration.ofSeconds(instance.path("timeout").asInt(10)),
                            options,
                            Scopes.of("torchserve_openmetrics", "1"),
                            test.build(),
                            new Outlet(test.build(), Consumers.of(Signal.METRICS, next)))
                    .scraper(
                            Target.of(
                                    instance.path("openmetrics_endpoint").asString(),
                                    new ServerResource("ts", Map.of(), official.resourceAttributes()),
                                    true),
                            null);
        }

        private static ExpositionConfig exposition(JsonNode instance) {
            return new ExpositionConfig(
                    Vector.texts(instance.path("raw_line_filters")),
                    instance.path("use_latest_spec").asBoolean(),
                    instance.path("ignore_connection_errors").asBoolean(),
                    instance.path("enable_health_service_check").asBoolean(true),
                    instance.path("tag_by_endpoint").asBoolean(true),
                    text(instance, "hostname_label"),
                    text(instance, "hostname_format"));
        }

        private static HistogramConfig histograms(JsonNode instance) {
            return new HistogramConfig(
                    HistogramConfig.Form.EXPANDED,
                    instance.path("collect_histogram_buckets").asBoolean(true),
                    instance.path("non_cumulative_histogram_buckets").asBoolean(),
                    instance.path("histogram_buckets_as_distributions").asBoolean(),
                    instance.path("collect_counters_with_distributions").asBoolean());
        }

        private static @Nullable String text(JsonNode instance, String key) {
            return instance.has(key) ? instance.path(key).asString() : null;
        }

        List<MetricBatch> run(int run) {
            server.begin(run);
            int before = next.batches().size();
            scraper.scrape();
            test.scheduler().advance(Duration.ofSeconds(15));
            return next.batches().subList(before, next.batches().size());
        }
    }
}
