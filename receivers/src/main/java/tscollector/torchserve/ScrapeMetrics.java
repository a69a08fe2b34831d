package tscollector.torchserve;

import java.util.List;
import tscollector.signal.MetricSpec;
import tscollector.signal.MetricSpec.Kind;

/** The numbers about a run itself, the same for each API; the names are those of Prometheus. */
public final class ScrapeMetrics {
    public static final MetricSpec UP = spec("up", "1", "1 if the API answered as it should, else 0.");
    public static final MetricSpec DURATION = spec("scrape_duration_seconds", "s", "How long the run took.");
    public static final MetricSpec SAMPLES =
            spec("scrape_samples_scraped", "{sample}", "Numbers read in the run, before anything downstream.");
    public static final MetricSpec BODY_SIZE =
            spec("scrape_body_size_bytes", "By", "Bytes of all bodies of the run, after decompression.");

    /** Sent only where lines are filtered. */
    public static final MetricSpec LINES_FILTERED =
            spec("scrape_lines_filtered", "{line}", "Lines of the answer that raw_line_filters left out.");

    /** Those of every run, in the order they are emitted. */
    public static final List<MetricSpec> ALL = List.of(UP, DURATION, SAMPLES, BODY_SIZE);

    private ScrapeMetrics() {}

    private static MetricSpec spec(String name, String unit, String description) {
        return new MetricSpec(name, unit, Kind.GAUGE, description, List.of("the address"), "the run itself");
    }
}
