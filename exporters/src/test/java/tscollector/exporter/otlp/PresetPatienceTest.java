package tscollector.exporter.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.sdk.metrics.data.MetricDataType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tscollector.component.StartException;
import tscollector.component.Status;
import tscollector.kit.delivery.Delivery;
import tscollector.signal.ExposedType;
import tscollector.signal.Signal;
import tscollector.testkit.Batches;

/** {@code preset: datadog}: what is kept while the intake does not take it, and for how long. */
class PresetPatienceTest {
    private static final String WITH_KEY = "api: {key: " + PresetRig.KEY + "}";

    private PresetRig rig;

    @BeforeEach
    void open() throws Exception {
        rig = new PresetRig();
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @ParameterizedTest
    @DisplayName("R31 a refused key loses nothing: it shows at once, rests a minute, and all is well when it is valid")
    @ValueSource(ints = {401, 403})
    void r31ARefusedKey(int status) throws Exception {
        rig.script(3, status);
        rig.started(WITH_KEY);

        rig.send(PresetRig.gauge("g", Duration.ZERO));
        assertThat(rig.backend.received()).hasSize(1);
        assertThat(rig.test.host().statuses()).singleElement().satisfies(told -> {
            assertThat(told.level()).isEqualTo(Status.Level.RECOVERABLE_ERROR);
            assertThat(told.message())
                    .endsWith("/m does not accept the API key ****cdef (HTTP " + status
                            + "); is it a key of this site, and still valid?");
        });
        assertThat(rig.test.telemetry().states())
                .containsEntry("key", "refused")
                .containsEntry("metrics", String.valueOf(status));
        rig.advance(Duration.ofSeconds(55));
        assertThat(rig.backend.received()).as("slowly").hasSize(1);
        rig.advance(Duration.ofMinutes(3));

        assertThat(rig.backend.received()).hasSize(4);
        assertThat(rig.test.telemetry().sent()).isEqualTo(1);
        assertThat(rig.test.telemetry().dropped()).isEmpty();
        assertThat(rig.test.telemetry().states()).containsEntry("key", "valid").containsEntry("metrics", "200");
        assertThat(rig.test.host().statuses()).last().isEqualTo(Status.ok());
    }

    @Test
    @DisplayName("R31 a new key in api.key_file is found without a restart, and at once when it is there already")
    void r31ANewKeyInTheFile(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("key"), PresetRig.KEY + "\n");
        rig.script(2, 403);
        rig.started("api: {key_file: '" + file + "'}");
        rig.send(PresetRig.gauge("g", Duration.ZERO));
        Files.writeString(file, " " + PresetRig.OTHER_KEY + "\n");
        rig.advance(Duration.ofMinutes(2));

        assertThat(rig.keys()).startsWith(PresetRig.KEY, PresetRig.OTHER_KEY);
        rig.advance(Duration.ofMinutes(2));
        assertThat(rig.test.telemetry().sent()).isEqualTo(1);

        Files.writeString(file, PresetRig.KEY);
        rig.script(1, 403);
        int before = rig.backend.received().size();
        rig.send(PresetRig.gauge("g", Duration.ofMinutes(4)));
        rig.advance(Duration.ofSeconds(10));
        assertThat(rig.keys().subList(before, rig.keys().size()))
                .as("no rest for a key that is not the refused one")
                .containsExactly(PresetRig.OTHER_KEY, PresetRig.KEY);
        assertThat(rig.test.telemetry().sent()).isEqualTo(2);
    }

    @Test
    @DisplayName("R31 what is kept for a refused key is bounded by its age")
    void r31KeptUntilItIsTooOld() throws Exception {
        rig.script(500, 403);
        rig.started(WITH_KEY);
        rig.send(PresetRig.gauge("g", Duration.ZERO));
        rig.exporter().inputs().get(Signal.LOGS).consume(Batches.event("torchserve.model.added", "resnet was added"));

        rig.advance(Duration.ofMinutes(59));
        assertThat(rig.test.telemetry().levels())
                .containsEntry("metrics queue items", 1L)
                .containsEntry("logs queue items", 1L);
        assertThat(rig.test.telemetry().dropped()).isEmpty();
        rig.advance(Duration.ofMinutes(3));

        assertThat(rig.test.telemetry().of(Signal.METRICS).dropped()).containsExactly(Map.entry("too old", 1L));
        assertThat(rig.test.telemetry().levels()).containsEntry("metrics queue items", 0L);
        assertThat(rig.test.telemetry().levels()).as("18 hours").containsEntry("logs queue items", 1L);
        assertThat(rig.test.host().statuses())
                .last()
                .as("what became too old does not mean that the key is good")
                .extracting(Status::level)
                .isEqualTo(Status.Level.RECOVERABLE_ERROR);
    }

    @Test
    void recordsAreKeptForEighteenHours() throws Exception {
        rig.script(2000, 503);
        rig.started(WITH_KEY + ", retry_on_failure: {max_interval: 10m}");
        rig.exporter().inputs().get(Signal.LOGS).consume(Batches.event("torchserve.model.added", "resnet was added"));

        rig.advance(Duration.ofHours(17).plusMinutes(50));
        assertThat(rig.test.telemetry().dropped()).isEmpty();
        rig.advance(Duration.ofMinutes(30));

        assertThat(rig.test.telemetry().of(Signal.LOGS).dropped()).containsExactly(Map.entry("too old", 1L));
    }

    @Test
    void aTimeToGiveUpThatIsSetIsKept() throws Exception {
        rig.script(500, 503);
        rig.started(WITH_KEY + ", retry_on_failure: {max_elapsed_time: 5m}");

        rig.send(PresetRig.gauge("g", Duration.ZERO));
        rig.advance(Duration.ofMinutes(6));

        assertThat(rig.test.telemetry().dropped()).containsExactly(Map.entry(Delivery.GAVE_UP, 1L));
    }

    @Test
    @DisplayName("R15 points of another time than the intake takes are dropped and counted, the others of the batch go")
    void r15TheWindow() throws Exception {
        rig.started(WITH_KEY);
        rig.advance(Duration.ofHours(2));

        rig.send(new Batches()
                .add(
                        "mixed",
                        MetricDataType.DOUBLE_GAUGE,
                        PresetRig.gauge(
                                Duration.ofMinutes(59), // an hour and a minute ago
                                Duration.ofMinutes(61),
                                Duration.ofMinutes(129),
                                Duration.ofMinutes(131)),
                        ExposedType.GAUGE)
                .add(
                        "old",
                        MetricDataType.DOUBLE_GAUGE,
                        PresetRig.gauge(Duration.ZERO, Duration.ZERO),
                        ExposedType.GAUGE)
                .batch());

        assertThat(rig.requests()).containsExactly(Map.of("mixed", 2));
        assertThat(rig.test.telemetry().sent()).isEqualTo(2);
        assertThat(rig.test.telemetry().dropped())
                .containsOnly(Map.entry("too old", 3L), Map.entry("too far in the future", 1L));
    }

    @Test
    @DisplayName("R15 before each try: what was young at the first is not sent old")
    void r15BeforeEachTry() throws Exception {
        rig.backend.http(429, "text/plain", new byte[0], "Retry-After", "1800");
        rig.started(WITH_KEY);
        rig.advance(Duration.ofMinutes(40));

        rig.send(new Batches()
                .add(
                        "g",
                        MetricDataType.DOUBLE_GAUGE,
                        PresetRig.gauge(Duration.ZERO, Duration.ofMinutes(30)),
                        ExposedType.GAUGE)
                .batch());
        rig.advance(Duration.ofMinutes(31));

        assertThat(rig.requests()).containsExactly(Map.of("g", 2), Map.of("g", 1));
        assertThat(rig.test.telemetry().dropped()).containsExactly(Map.entry("too old", 1L));
        assertThat(rig.test.telemetry().sent()).isEqualTo(1);
    }

    @Test
    @DisplayName("R15 max_point_age: 0s is for historical ingestion")
    void r15NoAge() throws Exception {
        rig.started(WITH_KEY + ", datadog: {max_point_age: 0s}");
        rig.advance(Duration.ofHours(30));

        rig.send(PresetRig.gauge("g", Duration.ZERO));

        assertThat(rig.requests()).containsExactly(Map.of("g", 1));
    }

    @Test
    void aKeyFileWithoutAKeyIsAStartError(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("key"), "\n");

        assertThatThrownBy(() -> rig.started("api: {key_file: '" + file + "'}"))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("api.key_file");
    }

    @Test
    @DisplayName("R34 on this road, too: last status, queue and key are told by signal")
    void r34Numbers() throws Exception {
        rig.script(1, 503);
        rig.started(WITH_KEY);
        assertThat(rig.test.telemetry().states()).containsEntry("key", "not known yet");

        rig.send(PresetRig.gauge("g", Duration.ZERO));
        assertThat(rig.test.telemetry().states()).containsEntry("metrics", "503");
        assertThat(rig.test.telemetry().of(Signal.METRICS).count(Delivery.RETRIES))
                .isEqualTo(1);
        rig.advance(Duration.ofSeconds(2)); // the next try comes after 2.5 s at least
        assertThat(rig.test.telemetry().levels())
                .containsEntry("metrics queue items", 1L)
                .containsEntry("metrics queue oldest", 2L);
        rig.advance(Duration.ofSeconds(10));

        assertThat(rig.test.telemetry().counts())
                .containsEntry("metrics answered 503", 1L)
                .containsEntry("metrics answered 200", 1L);
        assertThat(rig.test.telemetry().of(Signal.METRICS).sent()).isEqualTo(1);
        rig.close();
        rig.send(PresetRig.gauge("g", Duration.ofSeconds(10)));
        assertThat(rig.test.telemetry().states())
                .containsEntry("metrics", "no answer")
                .containsEntry("key", "valid");
    }
}
