package tscollector.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigValueTest {
    private static final ConfigValue ONE = new ConfigValue.Scalar("1", false);

    @Test
    void keepsTheOrderOfAMapAndNotTheMap() {
        Map<String, ConfigValue> entries = new LinkedHashMap<>();
        for (String key : List.of("z", "a", "m", "b")) {
            entries.put(key, ONE);
        }
        ConfigValue.Mapping mapping = new ConfigValue.Mapping(entries);
        entries.clear();

        assertThat(mapping.entries().keySet()).containsExactly("z", "a", "m", "b");
        assertThatThrownBy(() -> mapping.entries().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void copiesLists() {
        List<ConfigValue> items = new ArrayList<>(List.of(ONE));
        ConfigValue.Sequence sequence = new ConfigValue.Sequence(items);
        items.clear();

        assertThat(sequence.items()).containsExactly(ONE);
        assertThatThrownBy(() -> sequence.items().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void tellsTextFromANumberThatLooksTheSame() {
        assertThat(ONE).isNotEqualTo(new ConfigValue.Scalar("1", true));
    }

    @Test
    void takesAConfigThatHasNoRules() {
        Problems problems = new Problems();
        new Config() {}.validate(problems);

        assertThat(problems.all()).isEmpty();
    }
}
