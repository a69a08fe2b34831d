package tscollector.torchserve;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import tscollector.kit.http.HttpAnswer;
import tscollector.kit.http.HttpAsk;
import tscollector.kit.http.HttpCaller;
import tscollector.signal.Metric;
import tscollector.signal.MetricGroup;
import tscollector.testkit.TestContext;

class ApiHealthTest {
    private static final Outcome SLOW =
            new Outcome(ApiState.UNREACHABLE, ErrorType.TIMEOUT, "no answer within the timeout");
    private static final Outcome KEY =
            new Outcome(ApiState.AUTH_FAILED, ErrorType.INVALID_KEY, "status 400 (InvalidKeyException)");

    private final TestContext test = new TestContext("health/" + System.identityHashCode(this));
    private final Logger logger = test.build().logger();
    private final LogLines lines = new LogLines(logger);
    private final ServerResource server = new ServerResource("h:8080", Map.of());
    private final Target target = Target.of("http://u:pw@h:8080?k=v", server);
    private String remedy = "set auth.torchserve_key_file to the key_file.json";
    private final HttpCaller caller = new HttpCaller() {
        @Override
        public CompletionStage<HttpAnswer> send(HttpAsk request) {
            throw new UnsupportedOperationException("nobody asks here");
        }

        @Override
        public String remedyForRefusal(HttpAsk.KeyRole role) {
            return remedy + " for " + role;
        }

        @Override
        public void close() {}
    };
    private final ApiHealth health = new ApiHealth(
            Api.INFERENCE,
            target,
            Reporting.of(Api.INFERENCE, target, OfficialConfig.defaults()),
            caller,
            Scopes.of("torchserve_inference", "1"),
            test.build());

    @Test
    void saysWhatARunWasLike() {
        assertThat(points(run(Outcome.OK)))
                .containsExactly(
                        "up{inference_api_url=\"http://h:8080\"} 1.0",
                        "scrape_duration_seconds{inference_api_url=\"http://h:8080\"} 0.25",
                        "scrape_samples_scraped{inference_api_url=\"http://h:8080\"} 7.0",
                        "scrape_body_size_bytes{inference_api_url=\"http://h:8080\"} 99.0",
                        "torchserve.inference_api.health{inference_api_url=\"http://h:8080\", torchserve.api.state=\"ok\"} 0.0");
        assertThat(points(run(SLOW)))
                .contains("up{inference_api_url=\"http://h:8080\"} 0.0")
                .last()
                .isEqualTo(
                        "torchserve.inference_api.health{error.message=\"no answer within the timeout\", error.type=\"timeout\", inference_api_url=\"http://h:8080\", torchserve.api.state=\"unreachable\"} 2.0");
        assertThat(points(run(KEY))).last().asString().contains("auth_failed").endsWith(" 1.0");
    }

    @Test
    void keepsScrapeNumbersAndHealthApartAndOutOfTheData() {
        assertThat(run(Outcome.OK).stream().map(group -> group.scope().getName()))
                .containsExactly("tscollector/scrape", "tscollector.service_check");
    }

    @Test
    void keepsShapesWhileTheOutcomeStaysAndWhenItReturns() {
        List<MetricGroup> ok = run(Outcome.OK);
        List<MetricGroup> slow = run(SLOW);
        List<MetricGroup> okAgain = run(Outcome.OK);

        assertThat(okAgain.get(0).shape())
                .isSameAs(ok.get(0).shape())
                .isSameAs(slow.get(0).shape());
        assertThat(okAgain.get(1).shape())
                .isSameAs(ok.get(1).shape())
                .isNotSameAs(slow.get(1).shape());
        assertThat(attributes(okAgain.get(1))).isSameAs(attributes(ok.get(1)));
        assertThat(attributes(okAgain.get(0))).isSameAs(attributes(slow.get(0)));
    }

    @Test
    void changesShapesOnceWhenTheVersionBecomesKnown() {
        List<MetricGroup> before = run(Outcome.OK);
        server.version("0.12.0");
        List<MetricGroup> after = run(Outcome.OK);
        server.version("0.12.0");
        List<MetricGroup> later = run(Outcome.OK);

        assertThat(Points.text(after.get(0).resource().getAttributes()))
                .isEqualTo("{service.instance.id=\"h:8080\", service.name=\"torchserve\", service.version=\"0.12.0\"}");
        for (int i = 0; i < 2; i++) {
            assertThat(after.get(i).shape()).isNotSameAs(before.get(i).shape());
            assertThat(later.get(i).shape()).isSameAs(after.get(i).shape());
            assertThat(later.get(i).resource()).isSameAs(after.get(i).resource());
        }
    }

    @Test
    void remembersOnlyAFewOutcomes() {
        MetricGroup first = run(Outcome.OK).get(1);
        for (int i = 0; i < 100; i++) {
            run(Outcome.invalid(ErrorType.MALFORMED_BODY, "message " + i));
        }
        assertThat(run(Outcome.OK).get(1).shape()).isNotSameAs(first.shape());
    }

    @Test
    void logsOneLinePerOutage() {
        for (Outcome outcome : List.of(Outcome.OK, SLOW, SLOW, Outcome.invalid(ErrorType.CUT_OFF, "cut"), SLOW)) {
            run(outcome);
        }
        assertThat(lines.warnings())
                .containsExactly("Asking the inference API at http://h:8080 failed: no answer within the timeout.");
        run(Outcome.OK);
        run(Outcome.OK);
        assertThat(lines.at(Level.INFO))
                .containsExactly(
                        "Asking the inference API at http://h:8080 works again after 0.0 s and 4 failed attempts.");
        run(SLOW);
        assertThat(lines.warnings()).hasSize(1);
        test.scheduler().advance(Duration.ofMinutes(1));
        run(SLOW);
        assertThat(lines.warnings()).hasSize(2);
    }

    @Test
    void namesTheSettingWhenTheServerWantsAKey() {
        run(KEY);
        run(KEY);
        assertThat(lines.warnings()).singleElement().asString().contains("auth.torchserve_key_file", "key_file.json");

        run(Outcome.OK);
        run(SLOW);
        run(KEY);
        run(KEY);
        assertThat(lines.warnings()).hasSize(3);
        assertThat(lines.warnings().get(2)).contains("auth.torchserve_key_file");
    }

    @Test
    void saysWhatIsWrongWithTheKeyThatIsConfiguredAndWhenItIsGoodAgain() {
        remedy = "the key in FILE expired";
        run(KEY);
        run(KEY);
        run(Outcome.OK);

        assertThat(lines.warnings())
                .containsExactly("Asking the inference API at http://h:8080 failed: status 400 (InvalidKeyException); "
                        + "the key in FILE expired for INFERENCE.");
        assertThat(lines.at(Level.INFO)).singleElement().asString().contains("works again");
    }

    @ParameterizedTest
    @EnumSource(names = {"UNAUTHORIZED", "FORBIDDEN"})
    void saysTheSameOfAProxyThatRefuses(ErrorType refused) {
        run(new Outcome(ApiState.AUTH_FAILED, refused, "status"));

        assertThat(lines.warnings()).singleElement().asString().contains(remedy);
    }

    @Test
    void namesTheModeOnceWhenMetricsAreEmpty() {
        EmptyMetricsHint hint = new EmptyMetricsHint(target, logger);
        hint.emptyBody();
        hint.emptyBody();

        assertThat(lines.warnings())
                .singleElement()
                .asString()
                .contains("metrics_mode=prometheus", "config.properties", "http://h:8080");
    }

    private List<MetricGroup> run(Outcome outcome) {
        return health.report(new RunReport(outcome, Duration.ofMillis(250), 99, 7), server.current(), 1_000);
    }

    private static Object attributes(MetricGroup group) {
        return group.metrics().get(0).data().getPoints().iterator().next().getAttributes();
    }

    private static List<String> points(List<MetricGroup> groups) {
        return groups.stream()
                .flatMap(group -> group.metrics().stream())
                .flatMap(metric -> Points.of(metric).stream())
                .toList();
    }

    @Test
    void answersTheGroupsOwnResourceInEveryMetric() {
        for (MetricGroup group : run(Outcome.OK)) {
            assertThat(group.metrics()).extracting(Metric::resource).containsOnly(group.resource());
            assertThat(group.resource()).isSameAs(server.current());
        }
    }
}
