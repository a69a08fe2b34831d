package tscollector.app.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratedFilesTest {
    private final GeneratedFiles generated = GeneratedFiles.of(SampleComponents.catalog());

    @Test
    void writesASchemaAndAPageForEachType() {
        assertThat(generated.byPath().keySet())
                .contains("config/pipeline.schema.json", "docs/reference/exporter-otlp_http.md")
                .hasSize(2 + SampleComponents.factories().size());
    }

    @Test
    void writesTheSameTextEachTime() {
        assertThat(GeneratedFiles.of(SampleComponents.catalog()).byPath()).isEqualTo(generated.byPath());
    }

    @Test
    void namesWhatIsMissingStaleOrLeftOver(@TempDir Path checkout) throws Exception {
        assertThat(generated.differences(checkout, "./refresh"))
                .hasSize(generated.byPath().size())
                .contains("config/pipeline.schema.json is missing; run: ./refresh");

        generated.write(checkout);
        assertThat(generated.differences(checkout, "./refresh")).isEmpty();

        Path page = checkout.resolve("docs/reference/exporter-debug.md");
        Files.copy(page, page.resolveSibling("exporter-gone.md"));
        Files.writeString(page.resolveSibling("by-hand.md"), "# By hand\n");
        Files.writeString(page, "changed");
        assertThat(generated.differences(checkout, "./refresh"))
                .containsExactly(
                        "docs/reference/exporter-debug.md is stale; run: ./refresh",
                        "docs/reference/exporter-gone.md is of no component; run: ./refresh");

        generated.write(checkout);
        assertThat(generated.differences(checkout, "./refresh")).isEmpty();
    }

    @Test
    void writesPagesThatListEverySetting() {
        assertThat(generated.byPath().get("docs/reference/exporter-otlp_http.md"))
                .contains("# Exporter `otlp_http`\n", "| Stability | beta |", "| Signals | logs, metrics |")
                .contains("| Other spellings | `otlphttp` |")
                .contains("| `endpoint` | URL | **required** | Address. |")
                .contains("| `timeout` | duration | `30s` | One request. At least 1ms. |")
                .contains("| `compression` | gzip \\| none | `gzip` | Compression. |")
                .contains("| `tls.ca_file` | path of a file or folder | absent |")
                .contains("| `sending_queue.batch.max_size` | whole number | absent |")
                .contains("```yaml\nexporters:\n  otlp_http:\n    endpoint: http://127.0.0.1:4318\n```\n");
    }
}
