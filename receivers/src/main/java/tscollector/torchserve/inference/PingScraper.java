package tscollector.torchserve.inference;

import io.opentelemetry.sdk.resources.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tscollector.component.BuildContext;
import tscollector.kit.http.HttpAnswer;
import tscollector.kit.http.HttpAsk;
import tscollector.kit.http.HttpCaller;
import tscollector.kit.scrape.Scraper;
import tscollector.signal.MetricGroup;
import tscollector.signal.MetricSpec;
import tscollector.torchserve.Api;
import tscollector.torchserve.ApiHealth;
import tscollector.torchserve.OfficialConfig;
import tscollector.torchserve.Outcome;
import tscollector.torchserve.Outlet;
import tscollector.torchserve.Reporting;
import tscollector.torchserve.RunReport;
import tscollector.torchserve.Scopes;
import tscollector.torchserve.ScrapeMetrics;
import tscollector.torchserve.ServerVersion;
import tscollector.torchserve.Target;

/** Asks one inference API whether its server is well: one {@code GET /ping} a run, health and scrape numbers out of it. */
public final class PingScraper implements Scraper {
    private final Target target;
    private final HttpCaller caller;
    private final HttpAsk ask;
    private final BuildContext context;
    private final Outlet outlet;
    private final ApiHealth health;
    private final ServerVersion.Watch version;
    private final Function<HttpAnswer, Outcome> judge;

    /** @param version told how runs begin and end, to learn the server's version; null to ask for none */
    public PingScraper(
            Target target,
            HttpCaller caller,
            Duration timeout,
            OfficialConfig official,
            Scopes scopes,
            BuildContext context,
            Outlet outlet,
            ServerVersion.@Nullable Watch version) {
        this.target = target;
        this.caller = caller;
        this.ask = target.askBelow(Api.INFERENCE, "ping", timeout);
        this.context = context;
        this.outlet = outlet;
        Reporting reporting = Reporting.of(Api.INFERENCE, target, official);
        this.health = new ApiHealth(Api.INFERENCE, target, reporting, caller, scopes, context);
        this.judge = official.isStrict() ? PingAnswer::judgeByStatus : PingAnswer::judge;
        this.version = version != null
                ? version
                : ServerVersion.hearing(target.server(), context).watch(target);
    }

    /** What it emits. */
    public static List<MetricSpec> metrics() {
        List<MetricSpec> all = new ArrayList<>(ScrapeMetrics.ALL);
        all.add(Api.INFERENCE.health());
        return all;
    }

    @Override
    public CompletionStage<?> scrape() {
        long epochNanos = context.clock().now();
        long begin = context.clock().nanoTime();
        version.begin();
        return caller.send(ask)
                .handle((answer, failure) -> {
                    Duration elapsed = Duration.ofNanos(context.clock().nanoTime() - begin);
                    return failure == null ? read(answer, elapsed) : failed(failure, elapsed);
                })
                .thenCompose(run -> version.ended(run.outcome(), run.elapsed()).thenRun(() -> end(run, epochNanos)));
    }

    private void end(RunReport run, long epochNanos) {
        if (run.outcome().isOurEnd()) {
            return;
        }
        Resource resource = target.resource();
        List<MetricGroup> groups = health.report(run, resource, epochNanos);
        outlet.metrics(groups);
    }

    private RunReport read(HttpAnswer answer, Duration elapsed) {
        try (answer) {
            return new RunReport(judge.apply(answer), elapsed, answer.body().length, 0);
        }
    }

    private static RunReport failed(Throwable failure, Duration elapsed) {
        return new RunReport(Outcome.ofCall(failure), elapsed, 0, 0);
    }
}
