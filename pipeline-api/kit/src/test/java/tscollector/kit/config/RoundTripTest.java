package tscollector.kit.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tscollector.component.ComponentId;
import tscollector.component.Descriptor;
import tscollector.component.Kind;
import tscollector.config.ConfigValue;
import tscollector.config.DataSize;
import tscollector.config.Problems;
import tscollector.config.Secret;

/** Config records written as YAML: they read back to the same, and nothing secret is in them. */
class RoundTripTest {
    private static final List<SampleConfig.Verbosity> VERBOSITIES = List.of(SampleConfig.Verbosity.values());

    private static final Descriptor<SampleConfig> DESCRIPTOR =
            Descriptor.of(Kind.EXPORTER, "sample", "A sample.", SampleConfig.class, SampleConfig.defaults());

    private static final String[] WORDS = {
        "a",
        "model",
        "true",
        "no",
        "null",
        "~",
        "0x1F",
        "1e3",
        "-1",
        ".5",
        ".inf",
        "2026-01-01",
        "$",
        "${env:HOME}",
        "$$",
        "{",
        "}",
        "[",
        ", ",
        ": ",
        " #",
        "#",
        "-",
        "? ",
        "'",
        "\"",
        "\\",
        "\n",
        "\r",
        "\t",
        "\u0085",
        "\u2028",
        "\u0000",
        "\uFEFF",
        "\uFFFE",
        "é",
        "模",
        "\uD83D\uDE00",
        "|",
        ">",
        "&x",
        "*x",
        "!t",
        "%",
        "@",
        "`",
        "<<",
        " ",
        "=",
        "---",
        "..."
    };

    private final long seed = new SplittableRandom().nextLong();
    private final SplittableRandom random = new SplittableRandom(seed);

    @Test
    void writesARecordThatReadsBackToTheSame() {
        for (int i = 0; i < 500; i++) {
            SampleConfig config = config();
            String yaml = YamlWriter.block(PlainValues.of(config, SampleConfig.defaults()));
            Problems problems = new Problems();
            SampleConfig read = new YamlConfigBinder(Surroundings.of(Map.of())).bind(yaml, DESCRIPTOR, problems);

            assertThat(problems.all()).as("seed %d: %s", seed, yaml).isEmpty();
            assertThat(read).as("seed %d: %s", seed, yaml).isEqualTo(config);
            String again = YamlWriter.block(PlainValues.of(read, SampleConfig.defaults()));
            assertThat(again).as("seed %d", seed).isEqualTo(yaml);
        }
    }

    @Test
    void writesAnyRecordInOneLineToo() {
        for (int i = 0; i < 500; i++) {
            SampleConfig config = config();
            String yaml = YamlWriter.inline(PlainValues.of(config, SampleConfig.defaults()));

            assertThat(yaml).as("seed %d", seed).doesNotContain("\n");
            assertThat(new YamlConfigBinder(Surroundings.of(Map.of())).bind(yaml, DESCRIPTOR, new Problems()))
                    .as("seed %d: %s", seed, yaml)
                    .isEqualTo(config);
        }
    }

    @Test
    void leavesOutWhatIsAbsentByDefaultAndWritesWhatIsAbsentAgainstIt() {
        SampleConfig defaults = SampleConfig.defaults();
        assertThat(PlainValues.of(defaults, defaults)).doesNotContainKeys("limit", "storage", "batch", "password");

        SampleConfig withBatch = with(defaults, new SampleConfig.Batch(7), List.of());
        assertThat(PlainValues.of(withBatch, defaults)).containsEntry("batch", Map.of("size", 7));
        assertThat(PlainValues.of(defaults, withBatch)).containsEntry("batch", null);
    }

    @Test
    void writesSecretsAsStars() {
        SampleConfig.Http http = new SampleConfig.Http(
                Map.of("X-Key", new Secret("hunter2")), new Secret("hunter2"), null, SampleConfig.Tls.defaults());
        SampleConfig d = SampleConfig.defaults();
        SampleConfig config = new SampleConfig(
                "http://me:hunter2@host:1/x",
                d.timeout(),
                d.workers(),
                d.limit(),
                d.share(),
                d.enabled(),
                d.size(),
                d.verbosity(),
                d.storage(),
                List.of("ftp://hunter2@h"),
                Map.of("proxy", "http://hunter2@p:3128"),
                List.of(),
                http,
                List.of(new SampleConfig.Target("https://u:hunter2@t", null)),
                null);
        String yaml = YamlWriter.block(PlainValues.of(config, d));

        assertThat(yaml)
                .doesNotContain("hunter2")
                .contains("X-Key: \"****\"", "password: \"****\"", "http://****@host:1/x", "https://****@t");
    }

    @Test
    void writesNoPasswordOfAnAddressInAValueWithoutAForm() {
        ConfigValue address = new ConfigValue.Scalar("http://me:hunter2@host", true);
        SampleConfig config = with(
                SampleConfig.defaults(),
                null,
                List.of(
                        address,
                        new ConfigValue.Sequence(List.of(address)),
                        new ConfigValue.Mapping(Map.of("url", address))));

        assertThat(YamlWriter.block(PlainValues.of(config, SampleConfig.defaults())))
                .doesNotContain("hunter2")
                .contains("http://****@host");
    }

    private static SampleConfig with(SampleConfig d, SampleConfig.Batch batch, List<ConfigValue> extra) {
        return new SampleConfig(
                d.endpoint(),
                d.timeout(),
                d.workers(),
                d.limit(),
                d.share(),
                d.enabled(),
                d.size(),
                d.verbosity(),
                d.storage(),
                d.include(),
                d.attributes(),
                extra,
                d.http(),
                d.targets(),
                batch);
    }

    private SampleConfig config() {
        int workers = 1 + random.nextInt(100);
        Map<String, String> attributes = new LinkedHashMap<>();
        list(() -> attributes.put(text(), text()));
        return new SampleConfig(
                "https://host-" + random.nextInt(10) + ":4318/v1?x=%20",
                Duration.ofNanos(10_000_000 + random.nextLong(3_590_000_000_000L)),
                workers,
                random.nextBoolean() ? null : workers + (random.nextLong(Long.MAX_VALUE - 100) >> random.nextInt(63)),
                random.nextInt(4) == 0 ? 1e-7 * random.nextInt(9) : random.nextDouble(),
                random.nextBoolean(),
                new DataSize(1024 + (random.nextLong(Long.MAX_VALUE - 1024) >> random.nextInt(63))),
                VERBOSITIES.get(random.nextInt(VERBOSITIES.size())),
                random.nextBoolean() ? null : ComponentId.parse("file_storage/" + random.nextInt(10)),
                list(() -> Pattern.quote(text())),
                attributes,
                list(() -> free(2)),
                new SampleConfig.Http(
                        Map.of(),
                        null,
                        null,
                        new SampleConfig.Tls(random.nextBoolean(), random.nextBoolean() ? "1.3" : text())),
                list(() ->
                        new SampleConfig.Target("http://t" + random.nextInt(10), random.nextBoolean() ? null : text())),
                random.nextBoolean() ? null : new SampleConfig.Batch(1 + random.nextInt(100)));
    }

    private ConfigValue free(int depth) {
        return switch (random.nextInt(depth > 0 ? 5 : 3)) {
            case 0 -> new ConfigValue.Scalar(text(), true);
            case 1 -> new ConfigValue.Scalar(String.valueOf(random.nextInt(-5, 100)), false);
            case 2 -> new ConfigValue.Scalar(random.nextBoolean() ? "true" : "1.50", false);
            case 3 -> new ConfigValue.Sequence(list(() -> free(depth - 1)));
            default -> {
                Map<String, ConfigValue> entries = new LinkedHashMap<>();
                list(() -> entries.put(text(), free(depth - 1)));
                yield new ConfigValue.Mapping(entries);
            }
        };
    }

    private <T> List<T> list(Supplier<T> item) {
        List<T> items = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            items.add(item.get());
        }
        return items;
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(5); i > 0; i--) {
            text.append(WORDS[random.nextInt(WORDS.length)]);
        }
        return text.toString();
    }
}
