package tscollector.torchserve;

import java.time.Duration;

/**
 * What one run of one API was like; becomes the scrape numbers and the health metric.
 *
 * @param outcome how it ended
 * @param elapsed from the first request to the last byte
 * @param bodyBytes bytes of all bodies after decompression; 0 where nothing came
 * @param samples points read from them, before anything downstream; 0 for a run that failed
 * @param filteredLines lines that filters left out; -1 where there are no filters
 */
public record RunReport(Outcome outcome, Duration elapsed, long bodyBytes, int samples, int filteredLines) {
    /** A run without filters on lines. */
    public RunReport(Outcome outcome, Duration elapsed, long bodyBytes, int samples) {
        this(outcome, elapsed, bodyBytes, samples, -1);
    }
}
