package tscollector.kit.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tscollector.component.Descriptor;
import tscollector.component.Factory;
import tscollector.component.Kind;
import tscollector.component.Stability;
import tscollector.config.Config;
import tscollector.config.Secret;
import tscollector.config.Setting;
import tscollector.signal.MetricSpec;
import tscollector.signal.Signal;

class ReferenceWriterTest {
    record Piped(
            @Setting(doc = "One | two\nlines.", example = "[a|b]")
            String text,

            @Setting(doc = "Hidden.") Secret key,
            @Setting(doc = "By name.") Map<String, SampleConfig.Target> named)
            implements Config {}

    private record Type<C extends Config>(Descriptor<C> descriptor, Set<Signal<?>> signals) implements Factory<C> {}

    private final Descriptor<SampleConfig> sample =
            Descriptor.of(Kind.EXPORTER, "sample", "Sends samples.", SampleConfig.class, SampleConfig.defaults());

    private static String write(Descriptor<?> descriptor, Signal<?>... signals) {
        return ReferenceWriter.write(new Type<>(descriptor, Set.of(signals)));
    }

    @Test
    void beginsWithWhatTheTypeIs() {
        String page = write(
                sample.withAliases("z", "a")
                        .withStability(Stability.ALPHA)
                        .withDescription("\nA paragraph.\n\nAnother.\n"),
                Signal.METRICS,
                Signal.LOGS);

        assertThat(page).startsWith("""
                # Exporter `sample`

                <!-- Generated from the component's own description. -->

                Sends samples.

                | | |
                |---|---|
                | Stability | alpha |
                | Signals | logs, metrics |
                | Other spellings | `a`, `z` |

                A paragraph.

                Another.

                ## Settings
                """);
    }

    @Test
    void leavesOutWhatThereIsNot() {
        assertThat(write(sample)).doesNotContain("Signals", "Other spellings", "## Metrics");
    }

    @Test
    void hasARowForEverySettingHoweverDeep() {
        assertThat(write(sample))
                .contains(
                        "| `endpoint` | URL | **required** | Where to send. |\n",
                        "| `timeout` | duration | `15s` | How long to wait. From 10ms to 1h. |\n",
                        "| `limit` | whole number | absent | How many at most. At least 1. |\n",
                        "| `verbosity` | basic \\| normal \\| very_detailed | `normal` | How much to say. |\n",
                        "| `include` | list of text (regular expression) | `[]` | Models to watch. |\n",
                        "| `attributes` | map of text | `{}` | Labels. |\n",
                        "| `extra` | list of any values | `[]` | Anything. |\n",
                        "| `headers` | map of secrets | `{}` | Headers. |\n",
                        "| `key_file` | path of a file | absent | A file. |\n",
                        "| `tls` | section |  | TLS. |\n",
                        "| `tls.min_version` | text | `\"1.2\"` | Version. |\n",
                        "| `targets` | list of sections | `[]` | Targets. |\n",
                        "| `targets[].url` | URL | **required** | Address. |\n",
                        "| `batch` | section | absent | A part that is off. |\n",
                        "| `batch.size` | whole number | `8192` | Items. At least 1. |\n")
                .doesNotContain("`http`", "http.");
    }

    @Test
    void breaksNoTableAndShowsNoSecret() {
        Descriptor<Piped> piped = Descriptor.of(
                Kind.PROCESSOR, "piped", "Pipes.", Piped.class, new Piped("a|b", new Secret("hunter2"), Map.of()));
        String page = write(piped.withMetrics(List.of(
                new MetricSpec("m", "s", MetricSpec.Kind.COUNTER, "This | that.", List.of("a", "b"), "GET /x|y"))));

        assertThat(page)
                .contains(
                        "| `text` | text | `\"a\\|b\"` | One \\| two lines. Example: `[a\\|b]`. |\n",
                        "| `key` | secret | `\"****\"` | Hidden. |\n",
                        "| `named.*.url` | URL | **required** | Address. |\n",
                        "| `m` | counter | `s` | `a`, `b` | This \\| that. | GET /x\\|y |\n")
                .doesNotContain("hunter2");
        page.lines()
                .filter(line -> line.startsWith("| `"))
                .forEach(line -> assertThat(line.replace("\\|", "")
                                .chars()
                                .filter(c -> c == '|')
                                .count())
                        .as(line)
                        .isIn(5L, 7L));
    }

    @Test
    void showsAnExampleThatBinds() {
        assertThat(write(sample)).endsWith("""
                ## Example

                ```yaml
                exporters:
                  sample: {}
                ```
                """);
        assertThat(write(sample.withExample("endpoint: http://a\ntls:\n  insecure: true\n\nworkers: 2\n")))
                .endsWith("""
                ```yaml
                exporters:
                  sample:
                    endpoint: http://a
                    tls:
                      insecure: true

                    workers: 2
                ```
                """);
    }

    @Test
    void namesItsFileByKindAndType() {
        assertThat(ReferenceWriter.fileName(sample)).isEqualTo("exporter-sample.md");
    }
}
