package tscollector.exporter.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.sdk.common.CompletableResultCode;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tscollector.component.Deadline;
import tscollector.component.StartException;
import tscollector.config.Secret;
import tscollector.exporter.Exporter;
import tscollector.kit.delivery.DeliveryConfig;
import tscollector.signal.Signal;
import tscollector.testkit.Batches;
import tscollector.testkit.TestContext;

class SdkExporterTest {
    private static final Set<Signal<?>> BOTH = Set.of(Signal.METRICS, Signal.LOGS);

    private final TestContext test = new TestContext("sdk/mine");

    @BeforeEach
    void forget() {
        RecordingProvider.reset();
    }

    @Test
    void handsDataToTheExporterWithThatName() throws Exception {
        Exporter exporter = create("recording", Map.of("Recording-Endpoint", new Secret("here")));
        exporter.inputs()
                .get(Signal.METRICS)
                .consume(new Batches().gauge("a", 1).gauge("b", 2).batch());
        exporter.inputs().get(Signal.LOGS).consume(Batches.event("model.added", "added"));
        test.scheduler().advance(Duration.ofSeconds(1));

        assertThat(RecordingProvider.METRICS).extracting(m -> m.getName()).containsExactly("a", "b");
        assertThat(RecordingProvider.LOGS).extracting(l -> l.getEventName()).containsExactly("model.added");
        assertThat(RecordingProvider.endpoint).isEqualTo("here");
        assertThat(test.telemetry().sent()).isEqualTo(3);
    }

    @Test
    void aFailureIsTriedAgain() throws Exception {
        RecordingProvider.answer(CompletableResultCode.ofExceptionalFailure(new IllegalStateException("busy\nnow")));
        Exporter exporter = create("recording", Map.of());
        exporter.inputs()
                .get(Signal.METRICS)
                .consume(new Batches().gauge("a", 1).batch());
        test.scheduler().advance(Duration.ofSeconds(10));

        assertThat(RecordingProvider.METRICS).hasSize(2);
        assertThat(test.telemetry().sent()).isEqualTo(1);
        assertThat(test.host().statuses().get(0).message())
                .isEqualTo("cannot deliver metrics: the exporter \"recording\" failed: busy now");
    }

    @Test
    void anExporterThatSaysNothingIsTriedAgainAfterTheTimeout() throws Exception {
        RecordingProvider.answer(new CompletableResultCode());
        SdkConfig config = new SdkConfig("recording", Map.of(), Duration.ofMillis(20), DeliveryConfig.defaults());
        Exporter exporter = new SdkFactory().create(test.build(), config, BOTH);
        exporter.inputs()
                .get(Signal.METRICS)
                .consume(new Batches().gauge("a", 1).batch());
        test.scheduler().advance(Duration.ofSeconds(10));

        assertThat(RecordingProvider.METRICS).hasSize(2);
        assertThat(test.telemetry().sent()).isEqualTo(1);
    }

    @Test
    void flushesAndShutsDownAtTheEndOnce() throws Exception {
        Exporter exporter = create("recording", Map.of());
        exporter.shutdown(Deadline.in(Duration.ofSeconds(1), test.scheduler().clock()));
        exporter.shutdown(Deadline.in(Duration.ofSeconds(1), test.scheduler().clock()));

        assertThat(RecordingProvider.CALLS).containsExactly("flush", "shutdown", "flush", "shutdown");
    }

    @Test
    void anUnknownNameIsAnsweredWithThoseThatAreThere() {
        assertThatThrownBy(() -> create("recordin", Map.of()))
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith(
                        "no exporter of metrics on the class path is called \"recordin\"; there are: console, delta, ")
                .hasMessageContaining("otlp, recording");
    }

    @Test
    void aBrokenProviderDoesNotHideTheOthers() throws Exception {
        assertThat(create("recording", Map.of()).inputs().signals()).isEqualTo(BOTH);
    }

    @Test
    void refusesAnExporterThatPrefersDeltas() {
        SdkConfig config = new SdkConfig("delta", Map.of(), Duration.ofSeconds(1), DeliveryConfig.defaults());

        assertThatThrownBy(() -> new SdkFactory().create(test.build(), config, Set.of(Signal.METRICS)))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("the exporter \"delta\" prefers delta temporality for counter instruments");
    }

    @Test
    void whatAProviderComplainsAboutIsShownWithoutTheValues() {
        assertThatThrownBy(() -> create("recording", Map.of("recording.broken", new Secret("s3cret-value"))))
                .isInstanceOf(StartException.class)
                .hasMessage("the exporter \"recording\" cannot be made: bad value ****");
    }

    @Test
    void worksWithTheExportersThatAreAlwaysThere() throws Exception {
        SdkConfig config = new SdkConfig(
                "otlp",
                Map.of("otel.exporter.otlp.endpoint", new Secret("http://127.0.0.1:1")),
                Duration.ofSeconds(20),
                DeliveryConfig.defaults());
        Exporter exporter = new SdkFactory().create(test.build(), config, BOTH);

        assertThat(exporter.inputs().signals()).isEqualTo(BOTH);
        exporter.shutdown(Deadline.in(Duration.ofSeconds(5), test.scheduler().clock()));
    }

    private Exporter create(String name, Map<String, Secret> properties) throws StartException {
        SdkConfig config = new SdkConfig(name, properties, Duration.ofSeconds(20), DeliveryConfig.defaults());
        Exporter exporter = new SdkFactory().create(test.build(), config, BOTH);
        exporter.start(test.host());
        return exporter;
    }
}
