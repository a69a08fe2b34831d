package tscollector.receiver.torchserve;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tscollector.component.BuildContext;
import tscollector.consumer.Consumers;
import tscollector.exposition.ExpositionOptions;
import tscollector.exposition.MetricsScrapers;
import tscollector.kit.http.HttpCaller;
import tscollector.kit.scrape.ScrapeLoop;
import tscollector.torchserve.KnownServers;
import tscollector.torchserve.OfficialConfig;
import tscollector.torchserve.Outlet;
import tscollector.torchserve.Scopes;
import tscollector.torchserve.SeriesBudget;
import tscollector.torchserve.ServerResource;
import tscollector.torchserve.ServerVersion;
import tscollector.torchserve.Target;
import tscollector.torchserve.inference.PingScraper;
import tscollector.torchserve.management.ManagementScraper;

/**
 * The scrapers of each server's three APIs. Each API has a loop of its own, so that a single server is asked at once on all three;
 * each server has one resource, and learns its version from whichever of inference and management answers first.
 */
final class ThreeApis {
    private final BuildContext context;
    private final TorchServeConfig config;
    private final HttpCaller caller;
    private final Scopes scopes;
    private final Outlet outlet;
    private final Duration timeout;
    private final MetricsScrapers metricsScrapers;
    private final ManagementScraper.Options options;
    private final List<ScrapeLoop.Target> metrics = new ArrayList<>();
    private final List<ScrapeLoop.Target> inference = new ArrayList<>();
    private final List<ScrapeLoop.Target> management = new ArrayList<>();

    ThreeApis(BuildContext context, TorchServeConfig config, Consumers next, HttpCaller caller) {
        this.context = context;
        this.config = config;
        this.caller = caller;
        this.scopes = Scopes.of(TorchServeFactory.TYPE, context.version());
        this.outlet = new Outlet(context, next);
        this.timeout = config.scrape().effectiveTimeout();
        this.metricsScrapers = new MetricsScrapers(
                caller, timeout, ExpositionOptions.of(config.limits(), config.official()), scopes, context, outlet);
        this.options = new ManagementScraper.Options(config.models(), timeout, config.runTimeout(), config.official());
    }

    List<List<ScrapeLoop.Target>> loops() {
        config.servers().forEach(this::add);
        return List.of(metrics, inference, management);
    }

    private void add(TorchServeConfig.HostConfig host) {
        TorchServeConfig.Ports ports = config.ports();
        OfficialConfig official = config.official();
        ServerResource server = new ServerResource(
                String.valueOf(host.instance()), host.resourceAttributes(), official.resourceAttributes());
        server.join(KnownServers.of(context));
        ServerVersion version = ServerVersion.asking(caller, server, timeout, context);
        ServerVersion heard = ServerVersion.hearing(server, context);

        Target page = Target.of(config.url(host.host(), ports.metrics()) + "/metrics", server, official.isStrict());
        metrics.add(new ScrapeLoop.Target(page.site(), metricsScrapers.scraper(page, heard.watch(page))));

        Target ping = Target.of(config.url(host.host(), ports.inference()), server, official.isStrict());
        PingScraper pings =
                new PingScraper(ping, caller, timeout, official, scopes, context, outlet, version.watch(ping));
        inference.add(new ScrapeLoop.Target(ping.site(), pings));

        Target models = Target.of(config.url(host.host(), ports.management()), server, official.isStrict());
        ManagementScraper describes = new ManagementScraper(
                models, caller, options, scopes, context, outlet, SeriesBudget.ofProcess(), version.watch(models));
        management.add(new ScrapeLoop.Target(models.site(), describes));
    }
}
