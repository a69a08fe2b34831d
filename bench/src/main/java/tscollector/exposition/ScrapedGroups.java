package tscollector.exposition;

import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import java.util.Objects;
import tscollector.bench.CorpusFiles;
import tscollector.signal.MetricGroup;
import tscollector.torchserve.OfficialConfig;
import tscollector.torchserve.SeriesBudget;

/** The groups that successive scrapes of one target give, all of one shape: what processors get in the steady state. */
public final class ScrapedGroups {
    static final String ENDPOINT = "http://10.0.0.1:8082/metrics";
    static final InstrumentationScopeInfo SCOPE = InstrumentationScopeInfo.create("bench");
    static final long INTERVAL_NANOS = 5_000_000_000L;

    private ScrapedGroups() {}

    /** One group for each body of the corpus. */
    public static MetricGroup[] of(int series) {
        byte[][] bodies = CorpusFiles.bodies(series);
        SeriesTable table = newTable();
        MetricGroup[] groups = new MetricGroup[bodies.length];
        for (int i = 0; i < groups.length; i++) {
            Reading reading = table.read(bodies[i], null, Resource.empty(), (i + 1) * INTERVAL_NANOS);
            if (reading.samples() != series) {
                throw new IllegalStateException(reading.samples() + " samples instead of " + series);
            }
            groups[i] = Objects.requireNonNull(reading.group());
        }
        return groups;
    }

    static SeriesTable newTable() {
        return new SeriesTable(
                ExpositionOptions.of(ExpositionLimits.defaults(), OfficialConfig.defaults()),
                SCOPE,
                ENDPOINT,
                new LabelPool(),
                new SeriesBudget(Long.MAX_VALUE));
    }
}
