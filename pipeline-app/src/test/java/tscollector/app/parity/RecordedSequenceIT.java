package tscollector.app.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** R21: pages of a real server, one after the other, through the whole line: exactly what the Agent would have sent of them. */
class RecordedSequenceIT {
    private static final List<String> SEQUENCE = List.of(
            "prometheus/a02-metrics-fresh.http", // the first scrape, before any request
            "prometheus/e01-metrics.http", // models and requests came
            "prometheus/e02-metrics-again.http", // one scrape more and nothing else
            "prometheus/h05-metrics-stale-workers.http", // models were unregistered, workers died
            "prometheus/h09-metrics-stale.http",
            "prometheus/a02-metrics-fresh.http"); // the server was started anew: counters fall, series vanish

    @TempDir
    private Path folder;

    @Test
    void theSequenceOfRealScrapesArrivesAsTheAgentSendsIt() throws Exception {
        Vector recording = OfficialCheck.recording("real-scrapes", SEQUENCE);

        Arrivals arrived = new Playing(recording, folder, false, null, null).play();

        Arrivals expected = AgentRules.of(recording, Playing.HOST, false);
        assertThat(expected.missingIn(arrived)).isEmpty();
        assertThat(expected.unknownOf(arrived)).isEmpty();
    }
}
