package tscollector.kit.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SurroundingsTest {
    @TempDir
    private Path folder;

    @Test
    void knowsOnlyTheVariablesItWasGiven() {
        Map<String, String> given = new HashMap<>(Map.of("A", "1"));
        Surroundings surroundings = Surroundings.of(given);
        given.put("B", "2");

        assertThat(surroundings.variable("A")).isEqualTo("1");
        assertThat(surroundings.variable("B")).isNull();
        assertThat(surroundings.variable("PATH")).isNull();
        assertThat(Surroundings.ofProcess().variable("PATH")).isEqualTo(System.getenv("PATH"));
    }

    @Test
    void readsAFileUpToTheLimitAndNoLargerOne() throws Exception {
        Surroundings surroundings = Surroundings.of(Map.of());
        Path file = folder.resolve("f");
        Files.write(file, new byte[1 << 20]);
        assertThat(surroundings.read(file.toString(), 1 << 20)).hasSize(1 << 20);

        Files.write(file, new byte[(1 << 20) + 1]);
        assertThatThrownBy(() -> surroundings.read(file.toString(), 1 << 20))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("is larger than 1MiB");
    }

    @Test
    void saysWhyThereIsNothingToRead() {
        Surroundings surroundings = Surroundings.of(Map.of());
        Map<String, String> obstacles = Map.of(
                folder.resolve("gone").toString(),
                "is not there",
                folder.resolve("gone/deeper").toString(),
                "is not there",
                "",
                "is not there",
                folder.toString(),
                "is a folder",
                "a\0b",
                "has a name that no file can have");
        obstacles.forEach((path, obstacle) -> {
            assertThat(surroundings.obstacle(path)).as(path).isEqualTo(obstacle);
            assertThatThrownBy(() -> surroundings.read(path, 10)).hasMessage(obstacle);
        });
    }

    @Test
    void hasNoObstacleWhereAFileIs() throws Exception {
        Path file = Files.writeString(folder.resolve("f"), "");

        assertThat(Surroundings.of(Map.of()).obstacle(file.toString())).isNull();
        assertThat(Surroundings.of(Map.of()).read(file.toString(), 0)).isEmpty();
    }
}
