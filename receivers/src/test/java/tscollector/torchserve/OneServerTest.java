package tscollector.torchserve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.sdk.common.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tscollector.component.Deadline;
import tscollector.component.Factory;
import tscollector.config.Config;
import tscollector.config.ConfigBinder;
import tscollector.config.Problems;
import tscollector.consumer.Consumers;
import tscollector.kit.time.SystemScheduler;
import tscollector.receiver.Receiver;
import tscollector.receiver.ReceiverFactory;
import tscollector.signal.MetricBatch;
import tscollector.signal.Signal;
import tscollector.simulator.Api;
import tscollector.simulator.MetricsMode;
import tscollector.simulator.TorchServeSimulator;
import tscollector.testkit.CollectingConsumer;
import tscollector.testkit.TestContext;

/** One simulated server, watched by three receivers that are told its name. */
class OneServerTest {
    private final SystemScheduler scheduler = new SystemScheduler();
    private final TestContext test = new TestContext("three");
    private final TorchServeSimulator server =
            TorchServeSimulator.builder().mode(MetricsMode.PROMETHEUS).start();
    private final CollectingConsumer<MetricBatch> metrics = CollectingConsumer.metrics();
    private final List<Receiver> receivers = new ArrayList<>();

    @AfterEach
    void close() {
        receivers.forEach(receiver -> receiver.shutdown(Deadline.in(Duration.ofSeconds(5), Clock.getDefault())));
        server.close();
        scheduler.close();
    }

    @Test
    void threeReceiversOfOneServerGiveOneResourceFromTheFirstBatchOn() throws Exception {
        receive("torchserve_openmetrics", Api.METRICS, "/metrics");
        receive("torchserve_inference", Api.INFERENCE, "");
        receive("torchserve_management", Api.MANAGEMENT, "");
        await().until(() -> server.requests(Api.METRICS).size() >= 4
                && server.requests(Api.INFERENCE).size() >= 4
                && server.requests(Api.MANAGEMENT).size() >= 4);

        Set<String> resources = new HashSet<>();
        metrics.batches()
                .forEach(batch -> batch.groups()
                        .forEach(group ->
                                resources.add(Points.text(group.resource().getAttributes()))));
        assertThat(resources)
                .containsExactly(
                        "{service.instance.id=\"ts\", service.name=\"torchserve\", service.version=\"0.12.0\"}");
        assertThat(server.requests(Api.METRICS))
                .allMatch(request -> request.method().equals("GET"));
        assertThat(server.requests().stream().filter(request -> request.method().equals("OPTIONS")))
                .hasSize(1);
    }

    private void receive(String type, Api api, String path) throws Exception {
        for (Factory<?> factory : ServiceLoader.load(Factory.class)) {
            if (factory.descriptor().type().equals(type)) {
                start((ReceiverFactory<?>) factory, "http://127.0.0.1:" + server.port(api) + path);
            }
        }
    }

    private <C extends Config> void start(ReceiverFactory<C> factory, String url) throws Exception {
        Problems problems = new Problems();
        C config = ServiceLoader.load(ConfigBinder.class)
                .findFirst()
                .orElseThrow()
                .bind(
                        "endpoint: " + url + "\ninstance: ts\ncollection_interval: 100ms\ntimeout: 5s",
                        factory.descriptor(),
                        problems);
        assertThat(problems.all()).isEmpty();
        Receiver receiver = factory.create(
                test.build(scheduler, Clock.getDefault()), config, Consumers.of(Signal.METRICS, metrics));
        receivers.add(receiver);
        receiver.start(test.host());
    }
}
