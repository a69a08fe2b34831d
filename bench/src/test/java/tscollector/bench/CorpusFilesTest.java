package tscollector.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusFilesTest {
    @TempDir
    Path folder;

    @Test
    void bodiesComeInTheOrderOfTheScrapes() throws IOException {
        write("step-0010.prom", "c 10");
        write("step-0002.prom", "c 2");
        byte[][] bodies = CorpusFiles.bodies(folder, 100);
        assertThat(bodies.length).isEqualTo(2);
        assertThat(new String(bodies[0], StandardCharsets.UTF_8)).isEqualTo("c 2");
        assertThat(new String(bodies[1], StandardCharsets.UTF_8)).isEqualTo("c 10");
    }

    @Test
    void oneBodyIsNoSteadyStateAndNoFolderNamesTheScriptThatMakesIt() throws IOException {
        write("step-0000.prom", "c 1");
        assertThatThrownBy(() -> CorpusFiles.bodies(folder, 100)).hasMessageContaining("fewer than two");
        assertThatThrownBy(() -> CorpusFiles.bodies(folder, 1000))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("run-jmh.sh");
    }

    private void write(String file, String body) throws IOException {
        Files.createDirectories(folder.resolve("100"));
        Files.writeString(folder.resolve("100").resolve(file), body);
    }
}
