package tscollector.app.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tscollector.kit.config.Surroundings;

/** Whatever is written, loading gives a model or a report, and a model prints to what loads to the same. */
class ConfigLoaderPropertyTest {
    private static final String[] PIECES = {
        "receivers",
        "scrape",
        "manage",
        "otlp_http",
        "service",
        "pipelines",
        "metrics",
        ":",
        ": ",
        "\n",
        "\n  ",
        "\n    ",
        "- ",
        "[",
        "]",
        "{",
        "}",
        ",",
        "&a ",
        "*a",
        "<<",
        "\"",
        "'",
        "|",
        ">",
        "#",
        "\t",
        "!x ",
        "? ",
        "---",
        "...",
        "%",
        "@",
        "`",
        "${env:A}",
        "${env:NOPE}",
        "${",
        "$$",
        "${file:/}",
        "${B:-x}",
        "1",
        "0x1",
        "5s",
        "-1",
        ".nan",
        "null",
        "~",
        "true",
        "endpoint",
        "http://a:1",
        "http://u:p@[::1]:99999/",
        "\u0000",
        "\u2028",
        "\uD83D\uDE00",
        "\uFEFF",
        "é",
        "a.b",
        "=",
        "/"
    };

    private final ConfigLoader loader =
            new ConfigLoader(SampleComponents.catalog(), Surroundings.of(Map.of("A", "[a, ${env:A}]", "B", "")));

    @Test
    void givesAModelOrAReportForRandomText() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 5_000; i++) {
            StringBuilder yaml = new StringBuilder();
            for (int j = random.nextInt(40); j > 0; j--) {
                yaml.append(PIECES[random.nextInt(PIECES.length)]);
            }
            check(yaml.toString(), List.of(), seed);
        }
    }

    @Test
    void givesAModelOrAReportForChangedFiles() throws IOException {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        List<String> files = new ArrayList<>();
        for (Path file : ConfigFilesTest.files()) {
            files.add(Files.readString(file, StandardCharsets.ISO_8859_1));
        }
        for (int i = 0; i < 4_000; i++) {
            StringBuilder yaml = new StringBuilder(files.get(random.nextInt(files.size())));
            for (int j = random.nextInt(4); j >= 0; j--) {
                int from = random.nextInt(yaml.length() + 1);
                int to = Math.min(yaml.length(), from + random.nextInt(12));
                yaml.replace(from, to, random.nextBoolean() ? "" : PIECES[random.nextInt(PIECES.length)]);
            }
            String set = random.nextInt(4) > 0
                    ? null
                    : "receivers." + PIECES[random.nextInt(PIECES.length)] + "="
                            + PIECES[random.nextInt(PIECES.length)];
            check(yaml.toString(), set == null ? List.of() : List.of(set), seed);
        }
    }

    private void check(String yaml, List<String> assignments, long seed) {
        try {
            LoadedConfiguration loaded = loader.load(List.of(new ConfigSource.Text("f", yaml)), assignments);
            String printed = loaded.toYaml();
            LoadedConfiguration again = loader.load(List.of(new ConfigSource.Text("f", printed)), List.of());
            assertThat(again.toYaml()).as("seed %d, %s", seed, yaml).isEqualTo(printed);
        } catch (ConfigException e) {
            assertThat(e.getMessage()).as("seed %d, %s", seed, yaml).endsWith("in the configuration");
            assertThat(e.getMessage())
                    .as("seed %d, %s", seed, yaml)
                    .doesNotContain("java.", "tscollector.", "Exception");
            assertThat(e.mistakes()).as("seed %d, %s", seed, yaml).isNotEmpty();
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError("seed " + seed + ": " + yaml, e);
        }
    }
}
