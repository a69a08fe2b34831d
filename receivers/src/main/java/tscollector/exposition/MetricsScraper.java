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
import tscollector.torchserve.Reporting;
import tscollector.torchserve.RunReport;
import tscollector.torchserve.Scopes;
import tscollector.torchserve.ServerVersion;
import tscollector.torchserve.Target;

/**
 * Scrapes one metrics API. Answers are read on the thread that completes the call, the scheduler's {@code execute} lane; runs of
 * one target follow each other, so nothing here is guarded.
 */
final class MetricsScraper implements Scraper {
    /** Text 0.0.4 is what TorchServe writes whatever is asked for; others are kept from sending protobuf. */
    private static final String TEXT = "text/plain";

    private static final String OPEN_METRICS =
            "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1";

    private final Target target;
    private final HttpCaller caller;
    private final HttpAsk ask;
    private final SeriesTable table;
    private final BuildContext context;
    private final Outlet outlet;
    private final ApiHealth health;
    private final ReadingCounts counts;
    private final ServerVersion.Watch version;
    private final AnswerRule rule;
    private final boolean hasFilters;
    private EmptyMetricsHint hint;

    MetricsScraper(
            Target target,
            HttpCaller caller,
            Duration timeout,
            ExpositionOptions options,
            SeriesTable table,
            Scopes scopes,
            BuildContext context,
            Outlet outlet,
            ServerVersion.@Nullable Watch version) {
        this.target = target;
        this.caller = caller;
        ExpositionConfig exposition = options.exposition();
        this.ask = accepting(exposition.useLatestSpec() ? OPEN_METRICS : TEXT, target.ask(Api.OPENMETRICS, timeout));
        this.hasFilters = !exposition.rawLineFilters().isEmpty();
        this.rule = AnswerRule.of(options);
        this.table = table;
        this.context = context;
        this.outlet = outlet;
        Reporting reporting = Reporting.of(Api.OPENMETRICS, target, options.official())
                .withHealth(exposition.enableHealthServiceCheck());
        this.health = new ApiHealth(
                Api.OPENMETRICS,
                target,
                exposition.tagByEndpoint() ? reporting : reporting.withoutAddress(),
                caller,
                scopes,
                context);
        this.counts = new ReadingCounts(context.telemetry(), target.site(), options.limits());
        this.version = version != null
                ? version
                : ServerVersion.hearing(target.server(), context).watch(target);
        this.hint = new EmptyMetricsHint(target, context.logger());
    }

    private static HttpAsk accepting(String types, HttpAsk ask) {
        Map<String, String> headers = new HashMap<>(ask.headers());
        headers.put("Accept", types);
        return new HttpAsk(ask.method(), ask.uri(), headers, ask.timeout(), ask.keyRole());
    }

    @Override
    public CompletionStage<?> scrape() {
        long epochNanos = context.clock().now();
        long begin = context.clock().nanoTime();
        version.begin();
        return caller.send(ask)
                .handle((answer, failure) -> {
                    Duration elapsed = Duration.ofNanos(context.clock().nanoTime() - begin);
                    Outcome call = failure == null ? Outcome.OK : Outcome.ofCall(failure);
                    return version.ended(call, elapsed).thenRun(() -> {
                        if (failure == null) {
                            read(answer, elapsed, epochNanos);
                        } else {
                            table.failed(rule.isIgnored(call), epochNanos);
                            end(report(call, elapsed, 0, null), target.resource(), List.of(), epochNanos);
                        }
                    });
                })
                .thenCompose(ended -> ended);
    }

    private void read(HttpAnswer answer, Duration elapsed, long epochNanos) {
        Resource resource = target.resource();
        Outcome outcome;
        Reading reading = null;
        int bodyBytes;
        try (answer) {
            bodyBytes = answer.body().length;
            outcome = Outcome.ofStatus(answer);
            if (rule.isRead(answer.status())) {
                reading = table.read(answer.body(), answer.header("content-type"), resource, epochNanos);
            }
        }
        if (reading == null) {
            table.failed(false, epochNanos);
            end(report(outcome, elapsed, bodyBytes, null), resource, List.of(), epochNanos);
        } else {
            if (reading.outcome().isFailure()) {
                table.failed(false, epochNanos);
            }
            counts.count(reading);
            hint(reading);
            RunReport run = report(judge(reading), elapsed, bodyBytes, reading);
            end(run, resource, reading.groups(), epochNanos);
        }
    }

    private RunReport report(Outcome outcome, Duration elapsed, int bodyBytes, @Nullable Reading reading) {
        int samples = reading == null ? 0 : reading.samples();
        int filtered = reading == null ? 0 : reading.filteredLines();
        return new RunReport(outcome, elapsed, bodyBytes, samples, hasFilters ? filtered : -1);
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
        if (reading.outcome() == Reading.Outcome.EMPTY && reading.filteredLines() == 0) {
            hint.emptyBody();
        } else if (reading.samples() > 0) {
            hint = new EmptyMetricsHint(target, context.logger());
        }
    }

    private void end(RunReport run, Resource resource, List<MetricGroup> samples, long epochNanos) {
        if (run.outcome().isOurEnd()) {
            return;
        }
        List<MetricGroup> groups = new ArrayList<>(samples);
        groups.addAll(health.report(run, resource, epochNanos));
        outlet.metrics(groups);
    }
}
