package tscollector.exposition;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tscollector.component.BuildContext;
import tscollector.kit.http.HttpCaller;
import tscollector.kit.scrape.Scraper;
import tscollector.torchserve.Outlet;
import tscollector.torchserve.Scopes;
import tscollector.torchserve.SeriesBudget;
import tscollector.torchserve.ServerVersion;
import tscollector.torchserve.Target;

/**
 * Makes what scrapes a receiver's metrics APIs; the scrapers share what is alike in all expositions. One per receiver. A run is
 * one GET; its batch holds the samples, if there are any, the scrape numbers and the health, a group each.
 */
public final class MetricsScrapers {
    private final HttpCaller caller;
    private final Duration timeout;
    private final ExpositionOptions options;
    private final Scopes scopes;
    private final BuildContext context;
    private final Outlet outlet;
    private final LabelPool pool = new LabelPool();

    /** @param timeout bounds one whole exchange */
    public MetricsScrapers(
            HttpCaller caller,
            Duration timeout,
            ExpositionOptions options,
            Scopes scopes,
            BuildContext context,
            Outlet outlet) {
        this.caller = caller;
        this.timeout = timeout;
        this.options = options;
        this.scopes = scopes;
        this.context = context;
        this.outlet = outlet;
    }

    /**
     * The scraper of one target, whose URL is asked verbatim.
     *
     * @param version told how runs begin and end, to learn the server's version; null to ask for none
     */
    public Scraper scraper(Target target, ServerVersion.@Nullable Watch version) {
        SeriesTable table = new SeriesTable(
                options,
                scopes.data(),
                options.exposition().tagByEndpoint() ? target.address() : null,
                pool,
                SeriesBudget.ofProcess());
        return new MetricsScraper(target, caller, timeout, options, table, scopes, context, outlet, version);
    }
}
