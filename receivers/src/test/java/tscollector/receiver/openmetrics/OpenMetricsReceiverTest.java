package tscollector.receiver.openmetrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tscollector.component.Deadline;
import tscollector.component.StartException;
import tscollector.config.Problems;
import tscollector.consumer.Consumers;
import tscollector.exposition.ExpositionConfig;
import tscollector.exposition.ExpositionLimits;
import tscollector.exposition.HistogramConfig;
import tscollector.kit.http.HttpClientConfig;
import tscollector.kit.scrape.ScrapeConfig;
import tscollector.receiver.Receiver;
import tscollector.signal.MetricBatch;
import tscollector.signal.Signal;
import tscollector.testkit.CollectingConsumer;
import tscollector.testkit.TestContext;
import tscollector.torchserve.FakeHttp;
import tscollector.torchserve.OfficialConfig;
import tscollector.torchserve.Points;
import tscollector.torchserve.TargetConfig;
import tscollector.torchserve.TargetsConfig;

class OpenMetricsReceiverTest {
    private final TestContext test = new TestContext("torchserve_openmetrics/gpu");
    private final CollectingConsumer<MetricBatch> next = CollectingConsumer.metrics();
    private final FakeHttp http = new FakeHttp(
            test.scheduler(),
            ask -> FakeHttp.Reply.of(200, "a{host=\"" + ask.uri().getHost() + "\"} 1\n"));

    @Test
    void scrapesItsTargetOnceAnIntervalWhateverItAnswers() throws StartException {
        Receiver receiver = receiver(one("http://a:8082/metrics"));
        receiver.start(test.host());
        test.scheduler().advance(Duration.ofSeconds(1));
        http.server(ask -> FakeHttp.Reply.of(500, "no"));
        test.scheduler().advance(Duration.ofSeconds(45));

        assertThat(http.asked()).hasSize(4).containsOnly("GET /metrics");
        assertThat(next.batches()).hasSize(4);
        receiver.shutdown(Deadline.in(Duration.ofSeconds(1), test.scheduler().clock()));
    }

    @Test
    void givesEachTargetItsAddressAndItsResource() throws StartException {
        TargetsConfig targets = new TargetsConfig(
                null,
                List.of(
                        new TargetConfig("http://a:8082/metrics", null, Map.of()),
                        new TargetConfig("http://b/metrics", "b:8080", Map.of("team", "x"))),
                null,
                Map.of("service.name", "vision"));
        Receiver receiver = receiver(targets);
        receiver.start(test.host());
        test.scheduler().advance(Duration.ofSeconds(15));

        Map<String, String> resources = next.batches().stream()
                .collect(Collectors.toMap(
                        batch -> Points.of(batch).get(0),
                        batch -> Points.text(batch.groups().get(0).resource().getAttributes()),
                        (one, other) -> one));
        assertThat(resources)
                .isEqualTo(Map.of(
                        "a{endpoint=\"http://a:8082/metrics\", host=\"a\"} 1.0",
                        "{service.instance.id=\"a:8082\", service.name=\"vision\"}",
                        "a{endpoint=\"http://b/metrics\", host=\"b\"} 1.0",
                        "{service.instance.id=\"b:8080\", service.name=\"vision\", team=\"x\"}"));
        receiver.shutdown(Deadline.in(Duration.ofSeconds(1), test.scheduler().clock()));
    }

    @Test
    void endsACallThatIsUnderWayWhenItIsShutDownAndAsksNoMore() throws StartException {
        http.server(ask -> FakeHttp.Reply.of(200, "a 1\n").after(Duration.ofSeconds(4)));
        Receiver receiver = receiver(one("http://a:8082/metrics"));
        receiver.start(test.host());
        test.scheduler().runPending();
        assertThat(http.inFlight()).isEqualTo(1);

        receiver.shutdown(Deadline.in(Duration.ofSeconds(1), test.scheduler().clock()));
        receiver.shutdown(Deadline.in(Duration.ofSeconds(1), test.scheduler().clock()));
        test.scheduler().advance(Duration.ofMinutes(1));

        assertThat(http.inFlight()).isZero();
        assertThat(http.asked()).hasSize(1);
        assertThat(next.batches()).isEmpty();
    }

    @Test
    void canBeShutDownWithoutHavingBeenStarted() {
        receiver(one("http://a:8082/metrics"))
                .shutdown(Deadline.in(Duration.ofSeconds(1), test.scheduler().clock()));

        assertThat(http.asked()).isEmpty();
    }

    @Test
    void warnsOfAUrlWithoutPathAndNamesTheRightOne() {
        assertThat(problems(one("http://a:8082")))
                .singleElement()
                .asString()
                .contains("endpoint", "/metrics", "fatal=false");
        assertThat(problems(one("http://user:pw@a:8082/?x=y")))
                .singleElement()
                .asString()
                .doesNotContain("pw");
        assertThat(problems(new TargetsConfig(
                        null,
                        List.of(
                                new TargetConfig("http://a/metrics", null, Map.of()),
                                new TargetConfig("http://b", null, Map.of())),
                        null,
                        Map.of())))
                .singleElement()
                .asString()
                .contains("endpoints[1]");
        assertThat(problems(one("http://a:8082/metrics"))).isEmpty();
        assertThat(problems(one("http://a b"))).isEmpty();
    }

    @Test
    void hasTheLimitsOfTheContractByDefault() {
        OpenMetricsConfig defaults = new OpenMetricsFactory().descriptor().defaults();

        assertThat(defaults.limits().sampleLimit()).isEqualTo(100_000);
        assertThat(defaults.limits().labelLimit()).isEqualTo(64);
        assertThat(defaults.limits().lineLengthLimit().bytes()).isEqualTo(1 << 20);
        assertThat(defaults.http().bodySizeLimit().bytes()).isEqualTo(16 << 20);
        assertThat(new OpenMetricsFactory().signals()).containsExactly(Signal.METRICS);
    }

    private static List<Problems.Problem> problems(TargetsConfig targets) {
        Problems problems = new Problems();
        config(targets).validate(problems);
        return problems.all();
    }

    private Receiver receiver(TargetsConfig targets) {
        return OpenMetricsFactory.create(test.build(), config(targets), Consumers.of(Signal.METRICS, next), () -> http);
    }

    private static OpenMetricsConfig config(TargetsConfig targets) {
        return new OpenMetricsConfig(
                targets,
                ScrapeConfig.defaults(),
                OfficialConfig.defaults(),
                ExpositionConfig.defaults(),
                HistogramConfig.defaults(),
                HttpClientConfig.defaults(),
                ExpositionLimits.defaults());
    }

    private static TargetsConfig one(String url) {
        return new TargetsConfig(url, List.of(), null, Map.of());
    }
}
