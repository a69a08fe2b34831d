package tscollector.exporter.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tscollector.config.Secret;

class GivenPropertiesTest {
    private final GivenProperties properties = of(
            "Otel-Name",
            "text",
            "n",
            " 12 ",
            "d",
            "1.5",
            "b",
            "true",
            "t",
            "10s",
            "ms",
            "250",
            "l",
            "a, b,,c",
            "m",
            "k=v, x = y=z ",
            "empty",
            "",
            "broken",
            "s3cret");

    @Test
    void readsEveryTypeAProviderMayAskFor() {
        assertThat(properties.getString("otel.name")).isEqualTo("text");
        assertThat(properties.getInt("n")).isEqualTo(12);
        assertThat(properties.getLong("n")).isEqualTo(12L);
        assertThat(properties.getDouble("d")).isEqualTo(1.5);
        assertThat(properties.getBoolean("b")).isTrue();
        assertThat(properties.getDuration("t")).isEqualTo(Duration.ofSeconds(10));
        assertThat(properties.getDuration("ms")).isEqualTo(Duration.ofMillis(250));
        assertThat(properties.getList("l")).containsExactly("a", "b", "c");
        assertThat(properties.getMap("m")).isEqualTo(Map.of("k", "v", "x", "y=z"));
    }

    @Test
    void whatIsNotThereIsNotThere() {
        assertThat(properties.getString("empty")).isNull();
        assertThat(properties.getInt("none")).isNull();
        assertThat(properties.getInt("none", 5)).isEqualTo(5);
        assertThat(properties.getList("none")).isEmpty();
        assertThat(properties.getMap("none")).isEmpty();
    }

    @Test
    void mistakesNameThePropertyAndNotItsValue() {
        assertThatThrownBy(() -> properties.getInt("broken"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("the property broken must be a whole number");
        assertThatThrownBy(() -> properties.getDuration("broken"))
                .hasMessage("the property broken must be a time such as 500ms or 10s");
        assertThatThrownBy(() -> properties.getMap("broken"))
                .hasMessage("the property broken must be a list of name=value");
    }

    private static GivenProperties of(String... keysAndValues) {
        Map<String, Secret> values = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put(keysAndValues[i], new Secret(keysAndValues[i + 1]));
        }
        return new GivenProperties(values);
    }
}
