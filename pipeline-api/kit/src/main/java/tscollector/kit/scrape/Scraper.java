package tscollector.kit.scrape;

import java.util.concurrent.CompletionStage;

/** Asks one target once. */
@FunctionalInterface
public interface Scraper {
    /**
     * Begins a run; never waits. The stage completes when the run is over, batches handed on included, and at the latest when its
     * timeouts have passed; how it ended is the scraper's own affair. Never called again before that.
     */
    CompletionStage<?> scrape();
}
