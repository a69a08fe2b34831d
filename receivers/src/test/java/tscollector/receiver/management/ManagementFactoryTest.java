package tscollector.receiver.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tscollector.component.Deadline;
import tscollector.config.ConfigBinder;
import tscollector.config.Problems;
import tscollector.consumer.Consumers;
import tscollector.receiver.Receiver;
import tscollector.signal.LogBatch;
import tscollector.signal.MetricBatch;
import tscollector.signal.MetricSpec;
import tscollector.signal.Signal;
import tscollector.testkit.CollectingConsumer;
import tscollector.testkit.TestContext;
import tscollector.torchserve.Captures;
import tscollector.torchserve.FakeHttp;
import tscollector.torchserve.OfficialConfig;
import tscollector.torchserve.Points;

class ManagementFactoryTest {
    private final ConfigBinder binder =
            ServiceLoader.load(ConfigBinder.class).findFirst().orElseThrow();
    private final ManagementFactory factory = new ManagementFactory();

    @Test
    void bindsItsExample() {
        Problems problems = new Problems();
        ManagementConfig config = binder.bind(factory.descriptor().example(), factory.descriptor(), problems);

        assertThat(problems.all()).isEmpty();
        assertThat(config.models().limit()).isEqualTo(500);
        assertThat(config.models().refreshInterval()).isEqualTo(Duration.ofSeconds(60));
        assertThat(config.targets().targets(OfficialConfig.defaults()).get(0).address())
                .isEqualTo("http://127.0.0.1:8081");
    }

    @Test
    void hasTheDefaultsOfTheContract() {
        ManagementConfig config = binder.bind("endpoint: http://h:8081\nmodels:", factory.descriptor(), new Problems());

        assertThat(config.models().include()).isNull();
        assertThat(config.models().limit()).isNull();
        assertThat(config.models().refreshInterval()).isZero();
        assertThat(config.models().gpuDescribeInterval()).isEqualTo(Duration.ofSeconds(60));
        assertThat(config.runTimeout()).isNull();
        assertThat(config.scrape().collectionInterval()).isEqualTo(Duration.ofSeconds(15));
        assertThat(config.scrape().effectiveTimeout()).isEqualTo(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "models: {limit: 0}                    | models.limit",
                "models: {limit: -1}                   | models.limit",
                "models: {limit: two}                  | models.limit",
                "models: {include: []}                 | models.include",
                "models: {include: ['(']}              | models.include[0]",
                "models: {exclude: ['[']}              | models.exclude[0]",
                "models: {refresh_interval: 5}         | models.refresh_interval",
                "models: {refresh_interval: -5s}       | models.refresh_interval",
                "models: {gpu_describe_interval: 10ms} | models.gpu_describe_interval",
                "models: {inclde: [a]}                 | models.inclde",
                "run_timeout: 0s                       | run_timeout",
                "endpoints: [http://b:1]               | endpoints",
                "instance: ''                          | instance",
            })
    void refusesWhatCannotBe(String setting, String path) {
        assertThat(problems("endpoint: http://h:8081\n" + setting))
                .singleElement()
                .asString()
                .startsWith(path + " ");
    }

    @Test
    void refusesTargetsThatCannotBe() {
        assertThat(problems("{}")).singleElement().asString().startsWith("endpoint is required");
        assertThat(problems("endpoint: localhost:8081"))
                .singleElement()
                .asString()
                .startsWith("endpoint must start with");
        assertThat(problems("endpoints: [http://a:1, {endpoint: http://a:1/}]"))
                .containsExactly("endpoints[1] is there twice");
        assertThat(problems("models: {limit: null, include: null}\nendpoint: http://a:1"))
                .isEmpty();
    }

    @Test
    void declaresEachMetricOnceAndTheTwelveOfTheOfficialCheck() {
        List<String> names =
                factory.descriptor().metrics().stream().map(MetricSpec::name).toList();

        assertThat(names).doesNotHaveDuplicates();
        for (String official : List.of(
                "models",
                "model.versions",
                "model.workers.current",
                "model.workers.min",
                "model.workers.max",
                "model.batch_size",
                "model.max_batch_delay",
                "model.is_loaded_at_startup",
                "model.version.is_default",
                "model.worker.memory_usage",
                "model.worker.is_gpu",
                "model.worker.status")) {
            assertThat(names).contains("torchserve.management_api." + official);
        }
    }

    @Test
    void asksEachTargetAndItsVersionOnce() throws Exception {
        TestContext test = new TestContext("torchserve_management/a");
        FakeHttp http = new FakeHttp(
                test.scheduler(), ask -> switch (ask.method() + ask.uri().getPath()) {
                    case "OPTIONS/" -> Captures.reply("prometheus/c17-options-root-management");
                    case "GET/models" -> Captures.reply("prometheus/a03-models-one");
                    default -> Captures.reply("prometheus/a08-describe-all");
                });
        CollectingConsumer<MetricBatch> metrics = CollectingConsumer.metrics();
        CollectingConsumer<LogBatch> logs = CollectingConsumer.logs();
        ManagementConfig config = binder.bind("endpoint: http://h:8081", factory.descriptor(), new Problems());
        Receiver receiver = ManagementFactory.create(
                test.build(), config, Consumers.of(Signal.METRICS, metrics).and(Signal.LOGS, logs), () -> http);
        receiver.shutdown(Deadline.in(Duration.ZERO, test.scheduler().clock())); // before it was started
        receiver.start(test.host());
        test.scheduler().advance(Duration.ofSeconds(31));
        receiver.shutdown(Deadline.in(Duration.ofSeconds(1), test.scheduler().clock()));
        receiver.shutdown(Deadline.in(Duration.ofSeconds(1), test.scheduler().clock()));
        test.scheduler().advance(Duration.ofSeconds(60));

        assertThat(http.asked().stream().filter(ask -> ask.startsWith("OPTIONS")))
                .hasSize(1);
        assertThat(metrics.batches()).hasSize(3);
        List<String> resources = new ArrayList<>();
        metrics.batches()
                .forEach(batch -> resources.add(
                        Points.text(batch.groups().get(0).resource().getAttributes())));
        assertThat(resources)
                .containsExactly(
                        "{service.instance.id=\"h:8081\", service.name=\"torchserve\", service.version=\"0.12.0\"}",
                        "{service.instance.id=\"h:8081\", service.name=\"torchserve\", service.version=\"0.12.0\"}",
                        "{service.instance.id=\"h:8081\", service.name=\"torchserve\", service.version=\"0.12.0\"}");
        assertThat(logs.batches()).hasSize(1);
    }

    private List<String> problems(String yaml) {
        Problems problems = new Problems();
        binder.bind(yaml, factory.descriptor(), problems);
        return problems.all().stream().map(p -> p.path() + " " + p.text()).toList();
    }
}
