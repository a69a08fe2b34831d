package tscollector.exposition;

import io.opentelemetry.sdk.resources.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tscollector.component.BuildContext;
import tscollector.kit.http.HttpAnswer;
import tscollector.kit.http.HttpAsk;
import tscollector.kit.http.HttpCaller;
import tscollector.kit.scrape.Scraper;
import tscollector.signal.MetricGroup;
import tscollector.torchserve.Api;
import tscollector.torchserve.ApiHealth;
import tscollector.torchserve.EmptyMetricsHint;
import tscollector.torchserve.ErrorType;
import tscollector.torchserve.Outcome;
import tscollector.torchserve.Outlet;
import tscollector.torchserve.RunReport;
import tscollector.torchserve.Scopes;
import tscollector.torchserve.ServerVersion;
import tscollector.torchserve.Target;

/**
 * Scrapes one metrics API. Answers are read on the thread that completes the call, the scheduler's {@code execute} lane; runs of
 * one target follow each other, so nothing here is guarded.
 */
final class MetricsScraper implements Scraper {
    private final Target target;
    private final HttpCaller caller;
    private final HttpAsk ask;
    private final SeriesTable table;
    private final BuildContext context;
    private final Outlet outlet;
    private final ApiHealth health;
    private final ReadingCounts counts;
    private final ServerVersion.@Nullable Watch version;
    private EmptyMetricsHint hint;

    MetricsScraper(
            Target target,
            HttpCaller caller,
            Duration timeout,
            ExpositionLimits limits,
            SeriesTable table,
            Scopes scopes,
            BuildContext context,
            Outlet outlet,
            ServerVersion.@Nullable Watch version) {
        this.target = target;
        this.caller = caller;
        this.ask = accepting(target.ask(Api.OPENMETRICS, timeout));
        this.table = table;
        this.context = context;
        this.outlet = outlet;
        this.health = new ApiHealth(Api.OPENMETRICS, target, caller, scopes, context);
        this.counts = new ReadingCounts(context.telemetry(), target.address(), limits);
        this.version = version;
        this.hint = new EmptyMetricsHint(target, context.logger());
    }

    /** Text 0.0.4 is what TorchServe writes whatever is asked for; others are kept from sending protobuf. */
    private static HttpAsk accepting(HttpAsk ask) {
        Map<String, String> headers = new HashMap<>(ask.headers());
        headers.put("Accept", "text/plain");
        return new HttpAsk(ask.method(), ask.uri(), headers, ask.timeout(), ask.keyRole());
    }

    @Override
    public CompletionStage<?> scrape() {
        long epochNanos = context.clock().now();
        long begin = context.clock().nanoTime();
        return caller.send(ask).handle((answer, failure) -> {
            Duration elapsed = Duration.ofNanos(context.clock().nanoTime() - begin);
            if (failure == null) {
                read(answer, elapsed, epochNanos);
            } else {
                end(new RunReport(Outcome.ofCall(failure), elapsed, 0, 0), target.resource(), null, epochNanos);
            }
            return null;
        });
    }

    private void read(HttpAnswer answer, Duration elapsed, long epochNanos) {
        Resource resource = target.resource();
        Outcome outcome;
        Reading reading = null;
        int bodyBytes;
        try (answer) {
            bodyBytes = answer.body().length;
            outcome = Outcome.ofStatus(answer);
            if (outcome.isOk()) {
                reading = table.read(answer.body(), answer.header("content-type"), resource, epochNanos);
            }
        }
        if (reading == null) {
            end(new RunReport(outcome, elapsed, bodyBytes, 0), resource, null, epochNanos);
        } else {
            counts.count(reading);
            hint(reading);
            RunReport run = new RunReport(judge(reading), elapsed, bodyBytes, reading.samples());
            end(run, resource, reading.group(), epochNanos);
        }
    }

    private static Outcome judge(Reading reading) {
        return switch (reading.outcome()) {
            case READ, EMPTY -> Outcome.OK;
            case UNREADABLE ->
                Outcome.invalid(
                        ErrorType.MALFORMED_BODY,
                        "no line of the answer can be read as metrics; check the URL and its path");
            case OVER_LIMIT ->
                Outcome.invalid(ErrorType.SAMPLE_LIMIT, "the answer has more samples or families than sample_limit");
            case NO_MEMORY ->
                Outcome.invalid(
                        ErrorType.OUT_OF_MEMORY,
                        "no memory for the series of this answer: those that are known of all servers hold what series may use");
        };
    }

    /** Says that an empty answer is a matter of configuration, and again only if there were samples in between. */
    private void hint(Reading reading) {
        if (reading.outcome() == Reading.Outcome.EMPTY) {
            hint.emptyBody();
        } else if (reading.samples() > 0) {
            hint = new EmptyMetricsHint(target, context.logger());
        }
    }

    private void end(RunReport run, Resource resource, @Nullable MetricGroup samples, long epochNanos) {
        if (run.outcome().isOurEnd()) {
            return;
        }
        List<MetricGroup> groups = new ArrayList<>(3);
        if (samples != null) {
            groups.add(samples);
        }
        groups.addAll(health.report(run, resource, epochNanos));
        outlet.metrics(groups);
        if (version != null) {
            version.run(run.outcome());
        }
    }
}
