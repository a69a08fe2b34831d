package tscollector.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelSettingsTest {
    private static final ModelSettings PLAIN = ModelSettings.of("m", "1.0", "m.mar");

    @Test
    void beginsWithTheDefaultsOfTorchServe() {
        assertThat(PLAIN)
                .isEqualTo(new ModelSettings(
                        "m", "1.0", "m.mar", 1, 1, 1, 100, 120, 120, 300, 100, false, List.of(), false, Map.of()));
    }

    @Test
    void changesOnlyWhatAMethodNames() {
        assertThat(PLAIN.withWorkers(2, 3))
                .isEqualTo(new ModelSettings(
                        "m", "1.0", "m.mar", 2, 3, 1, 100, 120, 120, 300, 100, false, List.of(), false, Map.of()));
        assertThat(PLAIN.withBatch(4, 5))
                .isEqualTo(new ModelSettings(
                        "m", "1.0", "m.mar", 1, 1, 4, 5, 120, 120, 300, 100, false, List.of(), false, Map.of()));
        assertThat(PLAIN.withTimeouts(6, 7, 8))
                .isEqualTo(new ModelSettings(
                        "m", "1.0", "m.mar", 1, 1, 1, 100, 6, 7, 8, 100, false, List.of(), false, Map.of()));
        assertThat(PLAIN.withJobQueueSize(9))
                .isEqualTo(new ModelSettings(
                        "m", "1.0", "m.mar", 1, 1, 1, 100, 120, 120, 300, 9, false, List.of(), false, Map.of()));
        assertThat(PLAIN.onGpu(1, 0))
                .isEqualTo(new ModelSettings(
                        "m", "1.0", "m.mar", 1, 1, 1, 100, 120, 120, 300, 100, true, List.of(1, 0), false, Map.of()));
        assertThat(PLAIN.asWorkflowNode().withMetadata(Map.of("a", 1)).named("n"))
                .isEqualTo(new ModelSettings(
                        "n", "1.0", "m.mar", 1, 1, 1, 100, 120, 120, 300, 100, false, List.of(), true, Map.of("a", 1)));
    }

    @Test
    void makesFunctionNodesWithoutUrl() {
        ModelSettings node = ModelSettings.functionNode("demo", "pre");

        assertThat(node.name()).isEqualTo("demo__pre");
        assertThat(node.url()).isNull();
        assertThat(node.workflowNode()).isTrue();
        assertThat(node.maxBatchDelayMillis()).isZero();
    }

    @Test
    void refusesWorkerCountsThatCannotBe() {
        assertThatThrownBy(() -> PLAIN.withWorkers(-1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PLAIN.withWorkers(2, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cannot run 2 to 1 workers");
        assertThatThrownBy(() -> TorchServeSimulator.builder().archive(ModelSettings.functionNode("w", "n")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no url");
    }
}
