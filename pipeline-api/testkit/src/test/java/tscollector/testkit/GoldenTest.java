package tscollector.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoldenTest {
    @TempDir
    Path folder;

    @Test
    void failsUntilTheFileIsThereAndAgainWhenTheTextIsAnother() throws Exception {
        Golden golden = new Golden(folder, false);
        assertThatThrownBy(() -> golden.check("a/b.txt", "one\n"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("-Dgolden.update");

        new Golden(folder, true).check("a/b.txt", "one\n");

        golden.check("a/b.txt", "one\n");
        assertThatThrownBy(() -> golden.check("a/b.txt", "two\n")).isInstanceOf(AssertionError.class);
        assertThat(Files.readString(folder.resolve("a/b.txt"))).isEqualTo("one\n");
    }
}
