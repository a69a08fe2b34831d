package tscollector.torchserve.management;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.resources.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tscollector.component.BuildContext;
import tscollector.kit.http.HttpCaller;
import tscollector.kit.inventory.Inventory;
import tscollector.kit.scrape.Scraper;
import tscollector.signal.MetricGroup;
import tscollector.torchserve.Api;
import tscollector.torchserve.ApiHealth;
import tscollector.torchserve.ApiState;
import tscollector.torchserve.Outcome;
import tscollector.torchserve.Outlet;
import tscollector.torchserve.RunReport;
import tscollector.torchserve.Scopes;
import tscollector.torchserve.SeriesBudget;
import tscollector.torchserve.ServerVersion;
import tscollector.torchserve.Target;
import tscollector.torchserve.management.ModelDescriber.Result;
import tscollector.torchserve.management.ModelLister.Listing;

/**
 * Asks one management API: the list of models where it is due, a describe of each chosen model, and out of it metrics, health,
 * scrape numbers and the inventory.
 *
 * <p>Runs never overlap, and their steps follow each other, so all fields belong to the run; only describes of one run meet each
 * other, in {@link DescribeRun}, and paced ones go on between runs, in {@link PacedDescribes}.
 */
public final class ManagementScraper implements Scraper {
    /** A seventh of what is kept of a worker with 7 points, and the point: an estimate. */
    private static final long BYTES_PER_POINT = 150;

    private final Target target;
    private final BuildContext context;
    private final Outlet outlet;
    private final Options options;
    private final ModelFilter filter;
    private final ModelLister lister;
    private final ModelDescriber describer;
    private final PacedDescribes paced;
    private final ApiHealth health;
    private final DataGroup data;
    private final InventorySender inventories;
    private final RunFailures failures;
    private final ServerVersion.@Nullable Watch version;
    private final Attributes address;
    private final SeriesBudget.Share listMemory;
    private final SeriesBudget.Share describeMemory;

    private Map<String, KnownModel> known = new LinkedHashMap<>(); // by name, in the order of the list
    private @Nullable Map<String, KnownModel> lastComplete;
    private boolean isLastListComplete;
    private long lastCompleteNanos;
    private long lastGoodEpochNanos;

    /**
     * How to ask.
     *
     * @param timeout of one exchange
     * @param runTimeout of a whole run; null: as long as it takes
     */
    public record Options(
            ModelsConfig models, Duration timeout, @Nullable Duration runTimeout) {}

    /**
     * The scraper of one management API.
     *
     * @param budget what models and their series may take is taken from
     * @param version told how runs end, to learn the server's version; null to leave that out
     */
    public ManagementScraper(
            Target target,
            HttpCaller caller,
            Options options,
            Scopes scopes,
            BuildContext context,
            Outlet outlet,
            SeriesBudget budget,
            ServerVersion.@Nullable Watch version) {
        this.target = target;
        this.listMemory = budget.open();
        this.describeMemory = budget.open();
        this.context = context;
        this.outlet = outlet;
        this.options = options;
        this.filter = new ModelFilter(options.models());
        this.lister = new ModelLister(caller, target, listMemory);
        this.describer = new ModelDescriber(caller, target, context.clock()::nanoTime);
        this.paced = new PacedDescribes(describer, options.models().gpuDescribeInterval(), context.clock()::nanoTime);
        this.health = new ApiHealth(Api.MANAGEMENT, target, caller, scopes, context);
        this.data = new DataGroup(scopes.data());
        this.inventories = new InventorySender(context, outlet, scopes.data());
        this.failures = new RunFailures(context.telemetry(), target.address());
        this.version = version;
        this.address = Attributes.of(Api.MANAGEMENT.address(), target.address());
    }

    @Override
    public CompletionStage<?> scrape() {
        Run run = new Run(context.clock().now(), context.clock().nanoTime());
        CompletionStage<?> asked = isListDue(run)
                ? lister.read(() -> timeLeft(run)).thenCompose(listing -> listed(run, listing))
                : describe(run);
        return asked.thenCompose(ignored -> end(run));
    }

    private boolean isListDue(Run run) {
        long refresh = options.models().refreshInterval().toNanos();
        return lastComplete == null
                || !isLastListComplete
                || run.beginNanos() - lastCompleteNanos >= refresh
                || toSweep(filter.choose(listedModels())).isEmpty(); // a run that asks nothing would know nothing
    }

    private CompletionStage<?> listed(Run run, Listing listing) {
        run.listed(listing);
        failures.countMalformed(listing.bad());
        isLastListComplete = listing.complete();
        known = merge(listing);
        listMemory.resize(ModelLister.bytes(listedModels()));
        if (listing.complete()) {
            lastComplete = known;
            lastCompleteNanos = run.beginNanos();
        }
        ApiState state = listing.outcome().state();
        boolean pointless = listing.outcome().isOurEnd()
                || state == ApiState.AUTH_FAILED
                || (state == ApiState.UNREACHABLE && listing.pages() == 0);
        return pointless ? CompletableFuture.completedStage(null) : describe(run);
    }

    /** What was listed now; if that is not all, also what the last complete list had, since it may still be there. */
    private Map<String, KnownModel> merge(Listing listing) {
        Map<String, KnownModel> merged = new LinkedHashMap<>();
        for (ListedModel model : listing.models()) {
            KnownModel same = known.get(model.name());
            merged.put(model.name(), same == null ? new KnownModel(model, target.address()) : same.listedAs(model));
        }
        if (!listing.complete() && lastComplete != null) {
            lastComplete.forEach(merged::putIfAbsent);
        }
        return merged;
    }

    private CompletionStage<?> describe(Run run) {
        List<ListedModel> chosen = filter.choose(listedModels());
        chosen.forEach(model -> run.chosen().put(known(model), null));
        paced.want(chosen.stream().filter(model -> known(model).isPaced()).toList());
        DescribeRun describes = new DescribeRun(describer, () -> timeLeft(run));
        run.describes(describes);
        return describes.over(toSweep(chosen));
    }

    private CompletionStage<?> end(Run run) {
        Duration elapsed = Duration.ofNanos(context.clock().nanoTime() - run.beginNanos());
        Map<String, Result> fresh = takeResults(run);
        if (run.isOurEnd(fresh.values())) {
            return CompletableFuture.completedStage(null);
        }
        Outcome outcome = run.outcome(fresh.values());
        Resource resource = target.resource();
        fillData(run, fresh);
        emit(run, new RunReport(outcome, elapsed, run.bodyBytes(), data.count()), resource);
        failures.tell(run, fresh, outcome);
        return sendInventory(run, resource);
    }

    /** What the run's own describes and the paced ones since the last run brought. */
    private Map<String, Result> takeResults(Run run) {
        DescribeRun describes = run.describes();
        if (describes == null) {
            return Map.of();
        }
        Map<String, Result> fresh = describes.results();
        fresh.forEach((name, result) -> {
            if (result.described() != null && result.described().hasGpu()) {
                paced.describedAt(name, result.atNanos());
            }
        });
        paced.take().forEach((name, result) -> {
            fresh.put(name, result);
            run.addPacedBytes(result.bodyBytes());
        });
        return fresh;
    }

    private void fillData(Run run, Map<String, Result> fresh) {
        data.begin(run.epochNanos());
        if (lastComplete != null && isLastListComplete) {
            data.models(address, lastComplete.size());
        }
        long newSeriesStart = lastGoodEpochNanos == 0 ? run.epochNanos() : lastGoodEpochNanos;
        long now = context.clock().nanoTime();
        long points = 0;
        for (Map.Entry<KnownModel, @Nullable Result> entry : run.chosen().entrySet()) {
            KnownModel model = entry.getKey();
            model.take(affordable(run, fresh.get(model.name()), points), newSeriesStart);
            points += model.points();
            entry.setValue(model.current(now, options.models().gpuDescribeInterval()));
        }
        describeMemory.resize(points * BYTES_PER_POINT);
        run.chosen().forEach((model, shown) -> {
            if (shown != null && shown.described() != null) {
                data.model(
                        model.series(),
                        shown.described(),
                        shown.defaultVersion(model.listed().url()));
            }
        });
    }

    /** The result, or one that says nothing if there is no memory for its points besides those before it. */
    private @Nullable Result affordable(Run run, @Nullable Result result, long pointsBefore) {
        if (result == null || result.described() == null) {
            return result;
        }
        long bytes = (pointsBefore + result.described().points()) * BYTES_PER_POINT;
        if (describeMemory.resize(Math.max(describeMemory.bytes(), bytes))) {
            return result;
        }
        run.countUnaffordable();
        return result.withoutDescribed();
    }

    private void emit(Run run, RunReport report, Resource resource) {
        List<MetricGroup> groups = new ArrayList<>();
        MetricGroup group = data.end(resource);
        if (group != null) {
            groups.add(group);
        }
        groups.addAll(health.report(report, resource, run.epochNanos()));
        outlet.metrics(groups);
        if (report.outcome().isOk()) {
            lastGoodEpochNanos = run.epochNanos();
        }
        if (version != null) {
            version.run(report.outcome());
        }
    }

    private CompletionStage<?> sendInventory(Run run, Resource resource) {
        Listing listing = run.listing();
        if (listing != null && listing.pages() == 0) {
            return CompletableFuture.completedStage(null); // nothing was seen
        }
        List<Inventory.Model> models = new ArrayList<>();
        known.values().forEach(model -> models.add(model.inventory(run.chosen().get(model))));
        Inventory inventory = new Inventory(target.address(), listing == null || listing.complete(), models);
        return inventories.offer(inventory, resource, run.epochNanos());
    }

    private Duration timeLeft(Run run) {
        long since = context.clock().nanoTime() - run.beginNanos();
        return Run.timeLeft(options.timeout(), options.runTimeout(), since);
    }

    private List<ListedModel> toSweep(List<ListedModel> chosen) {
        return chosen.stream()
                .filter(model -> model.canBeDescribed() && !known(model).isPaced())
                .toList();
    }

    private List<ListedModel> listedModels() {
        return known.values().stream().map(KnownModel::listed).toList();
    }

    private KnownModel known(ListedModel model) {
        return Objects.requireNonNull(known.get(model.name()), "only listed models are asked about");
    }
}
