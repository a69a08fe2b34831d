package tscollector.processor.modeldiff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tscollector.component.ComponentId;
import tscollector.component.Kind;
import tscollector.extension.Store;
import tscollector.testkit.MemoryStorage;
import tscollector.testkit.RecordingTelemetry;

class ServerStatesTest {
    private final Store store = new MemoryStorage().open(Kind.PROCESSOR, ComponentId.parse("model_diff"), "");
    private final RecordingTelemetry telemetry = new RecordingTelemetry();
    private final ServerStates states = new ServerStates(telemetry);

    @Test
    void forgetsTheServerThatWasSilentLongest() throws Exception {
        states.use(store);
        states.advance(Map.of(server(0), state(1)));
        states.advance(Map.of(server(1), state(1)));
        states.get(server(0));
        Map<ServerKey, ServerState> others = new HashMap<>();
        for (int i = 2; i <= ServerStates.LIMIT; i++) {
            others.put(server(i), state(1));
        }

        states.advance(others);

        assertThat(states.get(server(1))).isNull();
        assertThat(states.get(server(0))).isNotNull();
        assertThat(store.keys())
                .hasSize(ServerStates.LIMIT)
                .doesNotContain(server(1).text());
        assertThat(telemetry.count("servers forgotten")).isEqualTo(1);
    }

    @Test
    void anUnreadableStateCostsOnlyItself() throws Exception {
        store.update(Map.of(server(1).text(), new byte[] {9}, server(2).text(), StateBytes.write(state(5))));

        states.use(store);

        assertThat(states.get(server(1))).isNull();
        assertThat(states.get(server(2))).isEqualTo(state(5));
        assertThat(telemetry.count("state not readable")).isEqualTo(1);
        assertThat(telemetry.warnings()).singleElement().asString().contains("http://h1:8081", "unknown format 9");
    }

    @Test
    void keysSurviveTheStore() {
        assertThat(ServerKey.parse(server(1).text())).isEqualTo(server(1));
        assertThat(ServerKey.parse("u")).isEqualTo(new ServerKey("u", ""));
    }

    private static ServerKey server(int number) {
        return new ServerKey("http://h" + number + ":8081", "h" + number + ":8080");
    }

    private static ServerState state(long generation) {
        return new ServerState(generation, Map.of());
    }
}
