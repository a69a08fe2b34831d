package tscollector.torchserve.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tscollector.consumer.Consumers;
import tscollector.kit.inventory.Inventory;
import tscollector.kit.inventory.InventoryRecord;
import tscollector.signal.LogBatch;
import tscollector.signal.MetricBatch;
import tscollector.signal.MetricGroup;
import tscollector.signal.Signal;
import tscollector.testkit.CollectingConsumer;
import tscollector.testkit.TestContext;
import tscollector.torchserve.FakeHttp;
import tscollector.torchserve.OfficialConfig;
import tscollector.torchserve.Outlet;
import tscollector.torchserve.Points;
import tscollector.torchserve.Scopes;
import tscollector.torchserve.SeriesBudget;
import tscollector.torchserve.ServerResource;
import tscollector.torchserve.Target;

/** A management scraper with everything around it in the hands of the test. */
final class ManagementFixture {
    static final Duration TIMEOUT = Duration.ofSeconds(10);
    static final String PREFIX = "torchserve.management_api.";

    final TestContext test = new TestContext("torchserve_management");
    final FakeModels models = new FakeModels();
    final FakeHttp http = new FakeHttp(test.scheduler(), models);
    final CollectingConsumer<MetricBatch> metrics = CollectingConsumer.metrics();
    final CollectingConsumer<LogBatch> logs = CollectingConsumer.logs();
    final ServerResource server = new ServerResource("h:8080", Map.of());
    private ManagementScraper scraper;

    private final SeriesBudget budget;
    private final OfficialConfig official;

    ManagementFixture() {
        this(ModelsConfig.defaults(), null);
    }

    ManagementFixture(ModelsConfig config, @Nullable Duration runTimeout) {
        this(config, runTimeout, new SeriesBudget(Long.MAX_VALUE));
    }

    ManagementFixture(OfficialConfig official, ModelsConfig config) {
        this(config, null, new SeriesBudget(Long.MAX_VALUE), official);
    }

    ManagementFixture(ModelsConfig config, @Nullable Duration runTimeout, SeriesBudget budget) {
        this(config, runTimeout, budget, OfficialConfig.defaults());
    }

    private ManagementFixture(
            ModelsConfig config, @Nullable Duration runTimeout, SeriesBudget budget, OfficialConfig official) {
        this.official = official;
        this.budget = budget;
        scraper = scraper(config, runTimeout);
    }

    static ModelsConfig refreshed(Duration interval) {
        return new ModelsConfig(null, List.of(), null, interval, Duration.ofSeconds(60));
    }

    private ManagementScraper scraper(ModelsConfig config, @Nullable Duration runTimeout) {
        Consumers next = Consumers.of(Signal.METRICS, metrics).and(Signal.LOGS, logs);
        return new ManagementScraper(
                Target.of("http://h:8081/", server, official.isStrict()),
                http,
                new ManagementScraper.Options(config, TIMEOUT, runTimeout, official),
                Scopes.of("torchserve_management", "1"),
                test.build(),
                new Outlet(test.build(), next),
                budget,
                null);
    }

    /** One run to its end; time moves only as far as answers take. */
    List<String> run() {
        var run = scraper.scrape().toCompletableFuture();
        test.scheduler().runPending();
        for (int i = 0; i < 1_000 && !run.isDone(); i++) {
            test.scheduler().advance(Duration.ofMillis(100));
        }
        assertThat(run).isCompleted();
        assertThat(http.inFlight() == 0 ? http.openBodies() : 0).isZero();
        return points();
    }

    /** A run, and then the time to the next. */
    List<String> runAndWait(Duration interval) {
        List<String> points = run();
        test.scheduler().advance(interval);
        return points;
    }

    /** A run that is left on its way. */
    java.util.concurrent.CompletableFuture<?> begin() {
        return scraper.scrape().toCompletableFuture();
    }

    /** The last batch as lines, without the address and the common prefix. */
    List<String> points() {
        return Points.of(metrics.last()).stream()
                .map(line -> line.replace("management_api_url=\"http://h:8081/\", ", "")
                        .replace("management_api_url=\"http://h:8081/\"", "")
                        .replace(PREFIX, ""))
                .toList();
    }

    List<String> points(String name) {
        return points().stream().filter(line -> line.startsWith(name + "{")).toList();
    }

    String health() {
        return points("health").get(0);
    }

    MetricGroup data() {
        return metrics.last().groups().get(0);
    }

    /** The inventories that were taken, in order. */
    List<Inventory> inventories() {
        List<Inventory> all = new ArrayList<>();
        logs.allRecords().forEach(logRecord -> all.add(InventoryRecord.read(logRecord)));
        return all;
    }

    Inventory lastInventory() {
        List<Inventory> all = inventories();
        return all.get(all.size() - 1);
    }
}
