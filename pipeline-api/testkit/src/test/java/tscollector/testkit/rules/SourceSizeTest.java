package tscollector.testkit.rules;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceSizeTest {
    @TempDir
    Path root;

    @Test
    void letsOneLongFileInTwentyPass() throws Exception {
        for (int i = 0; i < 19; i++) {
            write("module/src/main/java/a/Small" + i + ".java", 299);
        }
        write("module/src/main/java/a/Long.java", 800);
        write("module/src/test/java/a/LongTest.java", 2_000);

        assertThatCode(() -> SourceSize.check(root)).doesNotThrowAnyException();
        write("module/src/main/java/a/Long2.java", 300);
        assertThatThrownBy(() -> SourceSize.check(root))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("2 of 21 files")
                .hasMessageContaining("Long2.java");
    }

    @Test
    void refusesAHugeFileAndATreeWithoutSources() throws Exception {
        assertThatThrownBy(() -> SourceSize.check(root)).hasMessageContaining("no main sources");
        write("module/src/main/java/a/Huge.java", 801);
        for (int i = 0; i < 100; i++) {
            write("module/src/main/java/a/Small" + i + ".java", 1);
        }

        assertThatThrownBy(() -> SourceSize.check(root))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("801  ")
                .hasMessageContaining("Huge.java");
    }

    private void write(String file, int lines) throws IOException {
        Files.createDirectories(root.resolve(file).getParent());
        Files.writeString(root.resolve(file), "x\n".repeat(lines));
    }
}
