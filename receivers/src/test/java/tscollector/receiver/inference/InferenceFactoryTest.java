package tscollector.receiver.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tscollector.component.Deadline;
import tscollector.config.ConfigBinder;
import tscollector.config.Problems;
import tscollector.consumer.Consumers;
import tscollector.receiver.Receiver;
import tscollector.signal.Metric;
import tscollector.signal.MetricBatch;
import tscollector.signal.MetricSpec;
import tscollector.signal.Signal;
import tscollector.testkit.CollectingConsumer;
import tscollector.testkit.TestContext;
import tscollector.torchserve.Captures;
import tscollector.torchserve.FakeHttp;

class InferenceFactoryTest {
    private final ConfigBinder binder =
            ServiceLoader.load(ConfigBinder.class).findFirst().orElseThrow();
    private final InferenceFactory factory = new InferenceFactory();
    private final TestContext test = new TestContext("torchserve_inference");
    private final CollectingConsumer<MetricBatch> next = CollectingConsumer.metrics();
    private final FakeHttp http = new FakeHttp(test.scheduler(), ask -> Captures.reply("prometheus/a01-ping-healthy"));

    @Test
    void bindsItsExample() {
        Problems problems = new Problems();
        binder.bind(factory.descriptor().example(), factory.descriptor(), problems);

        assertThat(problems.all()).isEmpty();
        assertThat(factory.signals()).containsExactly(Signal.METRICS);
    }

    @Test
    @DisplayName("H1 a user in the URL and digest authorisation exclude each other")
    void refusesAUserBesideDigest() {
        Problems problems = new Problems();
        binder.bind(
                "endpoints: [http://a:8080, 'http://me:pw@b:8080']\nauth: {digest: {username: u, password: p}}",
                factory.descriptor(),
                problems);

        assertThat(problems.all().toString())
                .contains("path=endpoints[1], text=holds a user and auth.digest another")
                .doesNotContain("endpoints[0]")
                .doesNotContain("pw");
        Problems basic = new Problems();
        binder.bind("endpoint: 'http://me:pw@b:8080'", factory.descriptor(), basic);
        assertThat(basic.all()).isEmpty();
    }

    @Test
    void asksEachTargetOncePerIntervalAndForItsVersionOnce() throws Exception {
        Receiver receiver =
                receiver("endpoints: [http://a:8080, http://b:8080/ts/, {endpoint: http://c, instance: c1}]");
        receiver.start(test.host());
        test.scheduler().advance(Duration.ofSeconds(15).multipliedBy(4).minusMillis(1));
        receiver.shutdown(Deadline.in(Duration.ofSeconds(1), test.scheduler().clock()));

        assertThat(http.asks().stream()
                        .collect(Collectors.groupingBy(ask -> ask.method() + " " + ask.uri(), Collectors.counting())))
                .isEqualTo(Map.of(
                        "GET http://a:8080/ping", 4L,
                        "GET http://b:8080/ts/ping", 4L,
                        "GET http://c/ping", 4L,
                        "OPTIONS http://a:8080/", 1L,
                        "OPTIONS http://b:8080/ts/", 1L,
                        "OPTIONS http://c/", 1L));
    }

    @Test
    void startsAtOnceWithOneTargetAndEmitsOnlyWhatItDeclares() throws Exception {
        Receiver receiver = receiver("endpoint: http://a:8080");
        receiver.start(test.host());
        test.scheduler().runPending();

        assertThat(next.allMetrics())
                .extracting(Metric::name)
                .containsExactlyElementsOf(factory.descriptor().metrics().stream()
                        .map(MetricSpec::name)
                        .toList());
    }

    @Test
    void endsCallsThatAreUnderWayWhenItIsShutDown() throws Exception {
        http.server(ask -> FakeHttp.Reply.of(200, "").after(Duration.ofSeconds(9)));
        Receiver receiver = receiver("endpoint: http://a:8080");
        receiver.start(test.host());
        test.scheduler().runPending();
        receiver.shutdown(Deadline.in(Duration.ofSeconds(1), test.scheduler().clock()));
        test.scheduler().advance(Duration.ofSeconds(60));

        assertThat(http.inFlight()).isZero();
        assertThat(http.asked()).containsExactlyInAnyOrder("GET /ping", "OPTIONS /");
        assertThat(next.batches()).isEmpty();
    }

    private Receiver receiver(String yaml) {
        Problems problems = new Problems();
        InferenceConfig config = binder.bind(yaml, factory.descriptor(), problems);
        assertThat(problems.all()).isEmpty();
        return InferenceFactory.create(test.build(), config, Consumers.of(Signal.METRICS, next), () -> http);
    }
}
