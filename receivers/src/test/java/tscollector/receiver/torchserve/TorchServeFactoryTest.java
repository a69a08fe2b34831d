package tscollector.receiver.torchserve;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tscollector.component.Deadline;
import tscollector.config.ConfigBinder;
import tscollector.config.Problems;
import tscollector.consumer.Consumers;
import tscollector.kit.http.HttpAsk;
import tscollector.receiver.Receiver;
import tscollector.signal.LogBatch;
import tscollector.signal.MetricBatch;
import tscollector.signal.Signal;
import tscollector.testkit.CollectingConsumer;
import tscollector.testkit.TestContext;
import tscollector.torchserve.Captures;
import tscollector.torchserve.FakeHttp;
import tscollector.torchserve.Points;

class TorchServeFactoryTest {
    private final ConfigBinder binder =
            ServiceLoader.load(ConfigBinder.class).findFirst().orElseThrow();
    private final TorchServeFactory factory = new TorchServeFactory();
    private final TestContext test = new TestContext("torchserve");
    private final CollectingConsumer<MetricBatch> metrics = CollectingConsumer.metrics();
    private final CollectingConsumer<LogBatch> logs = CollectingConsumer.logs();
    private final FakeHttp http = new FakeHttp(test.scheduler(), TorchServeFactoryTest::serve);

    private static FakeHttp.Reply serve(HttpAsk ask) {
        return switch (ask.method() + ask.uri().getPath()) {
            case "OPTIONS/" -> Captures.reply("prometheus/c17-options-root-management");
            case "GET/ping" -> Captures.reply("prometheus/a01-ping-healthy");
            case "GET/metrics" -> FakeHttp.Reply.of(200, "a 1\n");
            case "GET/models" -> Captures.reply("prometheus/a03-models-one");
            default -> Captures.reply("prometheus/a08-describe-all");
        };
    }

    @Test
    void bindsItsExample() {
        Problems problems = new Problems();
        binder.bind(factory.descriptor().example(), factory.descriptor(), problems);

        assertThat(problems.all()).isEmpty();
        assertThat(factory.signals()).containsExactlyInAnyOrder(Signal.METRICS, Signal.LOGS);
    }

    @Test
    void asksAllThreeApisAtOnce() throws Exception {
        start("host: 127.0.0.1");
        test.scheduler().runPending();

        assertThat(asked())
                .isEqualTo(Set.of(
                        "GET http://127.0.0.1:8082/metrics",
                        "GET http://127.0.0.1:8080/ping",
                        "GET http://127.0.0.1:8081/models?limit=100",
                        "GET http://127.0.0.1:8081/models/linear_regression/all",
                        "OPTIONS http://127.0.0.1:8080/"));
        assertThat(metrics.batches()).hasSize(3);
        assertThat(logs.batches()).hasSize(1);
        assertThat(Points.of(metrics.batches().get(0)))
                .first()
                .asString()
                .contains("endpoint=\"http://127.0.0.1:8082/metrics\"");
    }

    @Test
    void givesAllThreeOneResource() throws Exception {
        start("host: gpu-1\nresource_attributes: {team: vision}");
        test.scheduler().advance(Duration.ofSeconds(16));

        List<MetricBatch> second = metrics.batches().subList(3, 6);
        assertThat(second.stream()
                        .flatMap(batch -> batch.groups().stream())
                        .map(group -> System.identityHashCode(group.resource()))
                        .distinct())
                .hasSize(1);
        assertThat(Points.text(second.get(0).groups().get(0).resource().getAttributes()))
                .isEqualTo(
                        "{service.instance.id=\"gpu-1:8080\", service.name=\"torchserve\", service.version=\"0.12.0\", team=\"vision\"}");
        assertThat(http.asked().stream().filter(ask -> ask.startsWith("OPTIONS")))
                .hasSize(1);
    }

    @Test
    void watchesSeveralHostsWithTheirOwnIdentities() throws Exception {
        start(
                "hosts: [a, {host: b, instance: bee, resource_attributes: {rack: '7'}}]\nports: {metrics: 9000}\nscheme: https");
        test.scheduler().advance(Duration.ofSeconds(15));

        assertThat(asked())
                .contains(
                        "GET https://a:9000/metrics",
                        "GET https://b:9000/metrics",
                        "GET https://b:8081/models?limit=100");
        Set<String> resources = new TreeSet<>();
        metrics.batches()
                .forEach(batch -> resources.add(
                        Points.text(batch.groups().get(0).resource().getAttributes())
                                .replace(", service.version=\"0.12.0\"", "")));
        assertThat(resources)
                .containsExactly(
                        "{rack=\"7\", service.instance.id=\"bee\", service.name=\"torchserve\"}",
                        "{service.instance.id=\"a:8080\", service.name=\"torchserve\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "::1,             http://[::1]:8080/ping,             [::1]:8080",
        "[2001:db8::5],   http://[2001:db8::5]:8080/ping,     [2001:db8::5]:8080",
        "my_host.docker,  http://my_host.docker:8080/ping,    my_host.docker:8080",
    })
    void writesHostsAsUrlsWantThem(String host, String url, String instance) throws Exception {
        start("host: '" + host + "'");
        test.scheduler().runPending();

        assertThat(asked()).contains("GET " + url);
        assertThat(Points.text(metrics.last().groups().get(0).resource().getAttributes()))
                .contains("\"" + instance + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://a", "a:8080", "a/b", "", "a b", "user@a", "-a", "[g]", "1:2", "g:h:i"})
    void refusesWhatIsNoHost(String host) {
        assertThat(problems("host: '" + host + "'")).isNotEmpty().allMatch(problem -> problem.startsWith("host "));
    }

    @Test
    void refusesWhatCannotBe() {
        assertThat(problems("{}")).singleElement().asString().startsWith("host is required");
        assertThat(problems("host: a\nhosts: [b]")).containsExactly("hosts and host exclude each other");
        assertThat(problems("hosts: [a, b, A]")).containsExactly("hosts[2] is there twice");
        assertThat(problems("hosts: [a, b]\ninstance: x"))
                .singleElement()
                .asString()
                .startsWith("instance would be");
        assertThat(problems("host: a\nports: {metrics: 70000}"))
                .singleElement()
                .asString()
                .startsWith("ports.metrics ");
        assertThat(problems("host: a\nscheme: ftp")).singleElement().asString().startsWith("scheme ");
        assertThat(problems("host: a\nmodels: {include: []}"))
                .singleElement()
                .asString()
                .startsWith("models.include ");
    }

    @Test
    void isFoundWithTheOthers() {
        Set<String> types = new TreeSet<>();
        ServiceLoader.load(tscollector.component.Factory.class)
                .forEach(f -> types.add(f.descriptor().type()));

        assertThat(types)
                .containsExactly(
                        "torchserve", "torchserve_inference", "torchserve_management", "torchserve_openmetrics");
    }

    private Set<String> asked() {
        return http.asks().stream().map(ask -> ask.method() + " " + ask.uri()).collect(Collectors.toSet());
    }

    private Receiver start(String yaml) throws Exception {
        Problems problems = new Problems();
        TorchServeConfig config = binder.bind(yaml, factory.descriptor(), problems);
        assertThat(problems.all()).isEmpty();
        Receiver receiver = TorchServeFactory.create(
                test.build(), config, Consumers.of(Signal.METRICS, metrics).and(Signal.LOGS, logs), () -> http);
        receiver.start(test.host());
        return receiver;
    }

    @Test
    void stopsAllThreeLoops() throws Exception {
        Receiver receiver = start("host: a");
        test.scheduler().runPending();
        receiver.shutdown(Deadline.in(Duration.ofSeconds(1), test.scheduler().clock()));
        http.forget();
        test.scheduler().advance(Duration.ofMinutes(1));

        assertThat(http.asked()).isEmpty();
        assertThat(test.scheduler().timerCount()).isZero();
    }

    private List<String> problems(String yaml) {
        Problems problems = new Problems();
        binder.bind(yaml, factory.descriptor(), problems);
        return problems.all().stream().map(p -> p.path() + " " + p.text()).toList();
    }
}
