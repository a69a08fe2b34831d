package tscollector.torchserve.management;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.resources.Resource;
import java.time.Duration;
import java.util.ArrayList;
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
import tscollector.torchserve.OfficialConfig;
import tscollector.torchserve.Outcome;
import tscollector.torchserve.Outlet;
import tscollector.torchserve.Reporting;
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
    private final ServerVersion.Watch version;
    private final Attributes address;
    private final SeriesBudget.Share listMemory;
    private final SeriesBudget.Share describeMemory;

    private final KnownModels models;
    private long lastGoodEpochNanos;

    /**
     * How to ask.
     *
     * @param timeout of one exchange
     * @param runTimeout of a whole run; null: as long as it takes
     */
    public record Options(
            ModelsConfig models, Duration timeout, @Nullable Duration runTimeout, OfficialConfig official) {}

    /**
     * The scraper of one management API.
     *
     * @param budget what models and their series may take is taken from
     * @param version told how runs begin and end, to learn the server's version; null to ask for none
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
        OfficialConfig official = options.official();
        boolean isStrict = official.isStrict();
        this.models = isStrict
                ? new StrictKnownModels(options.models(), target.address())
                : new OwnKnownModels(options.models(), target.address());
        this.lister = new ModelLister(caller, target, isStrict, listMemory);
        this.describer = new ModelDescriber(caller, target, isStrict, context.clock()::nanoTime);
        this.paced = new PacedDescribes(describer, options.models().gpuDescribeInterval(), context.clock()::nanoTime);
        Reporting reporting = Reporting.of(Api.MANAGEMENT, target, official);
        this.health = new ApiHealth(Api.MANAGEMENT, target, reporting, caller, scopes, context);
        this.data = new DataGroup(
                scopes.data(), official.isOfficialOnly() ? ManagementMetrics.OFFICIAL : ManagementMetrics.DATA);
        this.inventories = new InventorySender(context, outlet, scopes.data());
        this.failures = new RunFailures(context.telemetry(), target.site());
        this.version = version != null
                ? version
                : ServerVersion.hearing(target.server(), context).watch(target);
        this.address = Attributes.of(Api.MANAGEMENT.address(), target.address());
    }

    @Override
    public CompletionStage<?> scrape() {
        Run run = new Run(context.clock().now(), context.clock().nanoTime());
        version.begin();
        CompletionStage<?> asked = isListDue(run)
                ? lister.read(() -> timeLeft(run)).thenCompose(listing -> listed(run, listing))
                : describe(run);
        return asked.thenCompose(ignored -> end(run));
    }

    private boolean isListDue(Run run) {
        return models.isListDue(run.beginNanos())
                // A run that asks nothing would know nothing.
                || (!options.official().isStrict()
                        && toSweep(filter.choose(listedModels())).isEmpty());
    }

    private CompletionStage<?> listed(Run run, Listing listing) {
        run.listed(listing);
        failures.countMalformed(listing.bad());
        boolean isWorthWhile = models.take(listing, run.beginNanos());
        listMemory.resize(ModelLister.bytes(listedModels()));
        return isWorthWhile ? describe(run) : CompletableFuture.completedStage(null);
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
        Outcome outcome = models.outcome(run, fresh.values());
        return version.ended(outcome, elapsed).thenCompose(ignored -> handOn(run, fresh, outcome, elapsed));
    }

    private CompletionStage<?> handOn(Run run, Map<String, Result> fresh, Outcome outcome, Duration elapsed) {
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
        Integer count = models.count(run.listing());
        if (count != null) {
            data.models(address, count);
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
                data.model(model.series(), shown.described(), defaultFlag(model, shown));
            }
        });
    }

    private DefaultFlag defaultFlag(KnownModel model, Result shown) {
        String listUrl = model.listed().url();
        return options.official().isStrict()
                ? DefaultFlag.byUrl(listUrl)
                : DefaultFlag.of(shown.defaultVersion(listUrl));
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
    }

    private CompletionStage<?> sendInventory(Run run, Resource resource) {
        Listing listing = run.listing();
        if (!models.isTold(listing)) {
            return CompletableFuture.completedStage(null);
        }
        List<Inventory.Model> all = new ArrayList<>();
        models.byName()
                .values()
                .forEach(model -> all.add(model.inventory(run.chosen().get(model))));
        Inventory inventory = new Inventory(target.address(), listing == null || listing.complete(), all);
        return inventories.offer(inventory, models.isToldAgain(listing), resource, run.epochNanos());
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
        return models.byName().values().stream().map(KnownModel::listed).toList();
    }

    private KnownModel known(ListedModel model) {
        return Objects.requireNonNull(models.byName().get(model.name()), "only listed models are asked about");
    }
}
