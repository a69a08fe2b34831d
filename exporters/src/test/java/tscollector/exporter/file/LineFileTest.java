package tscollector.exporter.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineFileTest {
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00.123Z");

    @TempDir
    private Path folder;

    private static ByteBuffer line(String text) {
        return ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void makesMissingFoldersAndAddsWholeLines() throws IOException {
        Path path = folder.resolve("a/b/out.jsonl");
        try (LineFile file = LineFile.open(path, true, null)) {
            file.write(line("one"), NOON);
            file.write(line("two"), NOON);
        }

        assertThat(path).hasContent("one\ntwo\n");
    }

    @Test
    void goesOnWhereItStoppedOrBeginsAnew() throws IOException {
        Path path = folder.resolve("out");
        Files.writeString(path, "old\n");

        try (LineFile file = LineFile.open(path, true, null)) {
            file.write(line("new"), NOON);
        }
        assertThat(path).hasContent("old\nnew\n");

        try (LineFile file = LineFile.open(path, false, null)) {
            file.write(line("only"), NOON);
        }
        assertThat(path).hasContent("only\n");
    }

    @Test
    void endsALineThatAKillHasTorn() throws IOException {
        Path path = folder.resolve("out");
        Files.writeString(path, "whole\n{\"torn");

        try (LineFile file = LineFile.open(path, true, null)) {
            file.write(line("new"), NOON);
        }

        assertThat(Files.readAllLines(path)).containsExactly("whole", "{\"torn", "new");
    }

    @Test
    void putsTheFileAsideBeforeItWouldGrowTooLarge() throws IOException {
        Path path = folder.resolve("out.jsonl");
        String half = "x".repeat(600_000);
        try (LineFile file = LineFile.open(path, true, new FileConfig.Rotation(1, 2))) {
            for (int i = 0; i < 5; i++) {
                file.write(line(i + half), NOON);
            }
        }

        assertThat(names())
                .containsExactly("out-2026-01-31T12-00-00.125.jsonl", "out-2026-01-31T12-00-00.126.jsonl", "out.jsonl");
        assertThat(Files.readString(path)).startsWith("4");
    }

    @Test
    void keepsALineThatIsLargerThanTheLimitInAFileOfItsOwn() throws IOException {
        Path path = folder.resolve("out");
        try (LineFile file = LineFile.open(path, true, new FileConfig.Rotation(1, 0))) {
            file.write(line("x".repeat(3_000_000)), NOON);
            file.write(line("small"), NOON);
        }

        assertThat(names()).hasSize(2);
        assertThat(path).hasContent("small\n");
    }

    @Test
    void saysWhyAFileCannotBeOpened() throws IOException {
        Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> LineFile.open(folder.resolve("file/out"), true, null))
                .isInstanceOf(IOException.class);
    }
}
