package tscollector.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelStoreTest {
    private final SettableClock clock = new SettableClock();
    private final MetricRegistry registry = new MetricRegistry(1, List.of());
    private final ModelStore store = new ModelStore(clock, 1, registry, "h", 0);

    @Test
    void makesTheFirstVersionTheDefaultAndKeepsItSo() {
        register("m", "2.0");
        register("m", "1.0");

        assertThat(store.model("m").defaultVersion()).isEqualTo("2.0");
        assertThat(store.describe("m", null).settings().version()).isEqualTo("2.0");
    }

    @Test
    void saysLoadedAtStartupByName() {
        register("early", "1.0");
        store.started();
        register("early", "2.0");
        register("late", "1.0");

        assertThat(store.describe("early", "2.0").loadedAtStartup()).isTrue();
        assertThat(store.describe("late", null).loadedAtStartup()).isFalse();
        store.restart();
        assertThat(store.describe("late", null).loadedAtStartup()).isTrue();
    }

    @Test
    void forgetsWhatWasLoadedAtStartupWhenAVersionOfThatNameIsRemoved() {
        register("m", "1.0");
        register("m", "2.0");
        register("other", "1.0");
        store.started();
        assertThatThrownBy(() -> store.unregister("m", "1.0")).isInstanceOf(ApiFailure.class);
        assertThat(store.describe("m", "1.0").loadedAtStartup()).isTrue();

        store.unregister("m", "2.0");
        register("m", "3.0");
        assertThat(store.describeAll("m")).noneMatch(Model.Version::loadedAtStartup);
        assertThat(store.describe("other", null).loadedAtStartup()).isTrue();
        store.remove("other");
        register("other", "1.0");
        assertThat(store.describe("other", null).loadedAtStartup()).isFalse();
    }

    @Test
    void numbersWorkersUpwardsForEver() {
        register("a", "1.0");
        store.scale("a", null, 3, 3);
        store.scale("a", null, 1, 1);
        register("b", "1.0");

        assertThat(ids("a")).containsExactly("9000");
        assertThat(ids("b")).containsExactly("9003");
    }

    @Test
    void keepsTheWorkersBetweenTheLimitsOfAScale() {
        register("a", "1.0");
        store.scale("a", "1.0", 2, 4);
        assertThat(ids("a")).hasSize(2);
        store.scale("a", "1.0", 1, 4);
        assertThat(ids("a")).hasSize(2);
        store.scale("a", "1.0", 0, 0);
        assertThat(ids("a")).isEmpty();
        assertThat(store.canServe("a", null)).isFalse();
        assertThat(store.healthy()).isTrue();
    }

    @Test
    void listsByNameInUtf16Order() {
        List.of("b", "a", "B", "\u00e9", "\ud83d\ude00", "\uffee", "_").forEach(name -> register(name, "1.0"));

        assertThat(store.list())
                .extracting(ModelStore.Listed::name)
                .containsExactly("B", "_", "a", "b", "\u00e9", "\ud83d\ude00", "\uffee");
    }

    @Test
    void countsTheRetryWindowFromTheFirstDeathOfAWorker() {
        store.register(ModelSettings.of("m", "1.0", "m.mar").withWorkers(2, 2).withTimeouts(1, 1, 10), false);
        store.kill("m", null, "9000");
        clock.advance(Duration.ofSeconds(6));
        store.kill("m", null, "9001");
        store.kill("m", null, "9000");
        clock.advance(Duration.ofSeconds(5));
        assertThat(store.healthy()).as("one worker of two is given up").isFalse();

        store.recover("m", null, "9000");
        assertThat(store.healthy())
                .as("the other one is still inside its window")
                .isTrue();
        clock.advance(Duration.ofSeconds(6));
        assertThat(store.healthy()).isFalse();
    }

    @Test
    void showsTheLifeOfAWorkerAsItsLoadTimeAfterACrash() {
        register("m", "1.0");
        List<String> labels = List.of("W-9000-m_1.0", "Host", "h");
        assertThat(registry.value("WorkerLoadTime", labels)).isLessThan(5_000);
        clock.advance(Duration.ofMinutes(4));
        store.kill("m", null, "9000");
        store.recover("m", null, "9000");

        assertThat(registry.value("WorkerLoadTime", labels)).isBetween(240_000.0, 245_000.0);
    }

    @Test
    void refusesToRemoveTheDefaultVersionWhileOthersExist() {
        register("m", "1.0");
        register("m", "2.0");

        assertThatThrownBy(() -> store.unregister("m", null)).hasMessage("Cannot remove default version for model m");
        assertThatThrownBy(() -> store.unregister("m", "3.0"))
                .hasMessage("Model version: 3.0 does not exist for model: m");
        store.unregister("m", "2.0");
        store.unregister("m", null);
        assertThat(store.names()).isEmpty();
    }

    @Test
    void givesSnapshotsThatDoNotMove() {
        register("m", "1.0");
        Model before = store.model("m");
        store.kill("m", null, "9000");
        register("m", "2.0");

        assertThat(before.current().workers().get(0).ready()).isTrue();
        assertThat(before.versions()).containsOnlyKeys("1.0");
        assertThat(store.model("m").current().workers().get(0).ready()).isFalse();
    }

    @Test
    void leavesTheMemoryOfDeadWorkersAlone() {
        register("m", "1.0");
        store.collectHostMetrics();
        long alive = store.describe("m", null).workers().get(0).memoryBytes();
        store.kill("m", null, "9000");
        store.collectHostMetrics();

        assertThat(alive).isPositive();
        assertThat(store.describe("m", null).workers().get(0).memoryBytes()).isEqualTo(alive);
    }

    private void register(String name, String version) {
        store.register(ModelSettings.of(name, version, name + ".mar"), false);
    }

    private List<String> ids(String name) {
        return store.describe(name, null).workers().stream().map(Worker::id).toList();
    }
}
