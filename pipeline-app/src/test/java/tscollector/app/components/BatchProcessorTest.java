package tscollector.app.components;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tscollector.app.load.ComponentCatalog;
import tscollector.app.load.ConfigLoader;
import tscollector.app.load.ConfigSource;
import tscollector.kit.config.Surroundings;

/** What becomes of the Collector's batch processor: its numbers go to the queues of the exporters behind it. */
class BatchProcessorTest {
    private static String effective(String processor, String exporter) throws Exception {
        String yaml = """
                receivers:
                  torchserve:
                    host: h
                processors:
                  batch/b: %s
                exporters:
                  debug: %s
                  file:
                    path: other
                service:
                  pipelines:
                    metrics:
                      receivers: [torchserve]
                      processors: [batch/b]
                      exporters: [debug]
                    logs:
                      receivers: [torchserve]
                      exporters: [file]
                """.formatted(processor, exporter);
        return new ConfigLoader(ComponentCatalog.load(), Surroundings.of(Map.of("SIZE", "500")))
                .load(List.of(new ConfigSource.Text("batch.yaml", yaml)), List.of())
                .toYaml();
    }

    private static String exporter(String yaml, String id) {
        String exporters = yaml.substring(yaml.indexOf("\nexporters:"), yaml.indexOf("\nservice:"));
        int begin = exporters.indexOf("  " + id + ":");
        int end = exporters.indexOf("\n  file:", begin);
        return exporters.substring(begin, end < begin ? exporters.length() : end);
    }

    @Test
    void givesItsNumbersToTheExportersBehindIt() throws Exception {
        String yaml = effective("{timeout: 3s, send_batch_size: '${env:SIZE}', send_batch_max_size: 700}", "{}");

        assertThat(exporter(yaml, "debug")).contains("flush_timeout: 3s", "min_size: 500", "max_size: 700");
        assertThat(exporter(yaml, "file")).contains("flush_timeout: 200ms", "min_size: 8192");
    }

    @Test
    void letsTheExportersOwnNumbersWin() throws Exception {
        String yaml = effective("{timeout: 3s}", "{sending_queue: {batch: {flush_timeout: 1s}}}");

        assertThat(exporter(yaml, "debug")).contains("flush_timeout: 1s");
    }

    @Test
    void changesNothingWhenItSaysNothing() throws Exception {
        assertThat(exporter(effective("{}", ""), "debug")).contains("flush_timeout: 200ms", "min_size: 8192");
        assertThat(exporter(effective("{send_batch_size: 0}", ""), "debug")).contains("min_size: 8192");
    }
}
