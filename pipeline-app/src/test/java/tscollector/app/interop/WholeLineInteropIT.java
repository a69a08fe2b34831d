package tscollector.app.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tscollector.app.interop.ExpectedSeries.Series;
import tscollector.app.interop.OtlpFile.Event;
import tscollector.app.interop.OtlpFile.Point;
import tscollector.app.it.Program;
import tscollector.simulator.Api;

/**
 * A real TorchServe through {@code config/line.yaml}: models come, change and go; what arrives in the files is compared with what
 * this test reads from the server itself, and with what a real Collector received where one is installed.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WholeLineInteropIT {
    /** Each of these characters means something else in a URL unless it is encoded. */
    private static final String ODD = "m\u00f6del %?x#y&z";

    /** On top of line.yaml: nothing filtered, all of the model's own metrics, and the snapshots themselves. */
    private static final String MORE = """
            processors:
              torchserve_naming/all:
                extra_metrics:
                  - MeterRequests
                  - MeterGauge: meter.gauge
                  - ^Meter(Size|Percent|Time)$
                  - MeterHistogram: {name: meter.histogram, type: histogram}
                  - MeterLoads: {name: meter.loads, type: counter}
            exporters:
              file/all:
                path: ${env:OUT_DIR}/all.jsonl
              file/snapshots:
                path: ${env:OUT_DIR}/snapshots.jsonl
            service:
              pipelines:
                metrics/all:
                  receivers: [torchserve_openmetrics, torchserve_inference, torchserve_management]
                  processors: [torchserve_naming/all]
                  exporters: [file/all]
                logs/snapshots:
                  receivers: [torchserve_management]
                  exporters: [file/snapshots]
            """;

    @TempDir
    private static Path folder;

    private RealTorchServe server;
    private RealCollector collector;
    private Exposition before;
    private Exposition after;
    private Map<String, JsonNode> described;
    private Map<String, String> defaults;
    private List<Point> scrape;
    private List<Point> managementRun;
    private int firstExit = -1;
    private int secondExit = -1;
    private String errors = "";
    private Path out;

    @BeforeAll
    void liveTheWholeLife() throws Exception {
        server = RealTorchServe.start(
                folder.resolve("ts"),
                "prometheus",
                "--model",
                "regression-1.0.mar",
                "--model",
                "crasher.mar",
                "--model",
                "meter.mar");
        if (Interop.hasCollector()) {
            collector = RealCollector.start(folder.resolve("collector"));
        }
        out = Files.createDirectories(folder.resolve("out"));
        Files.writeString(folder.resolve("more.yaml"), MORE);
        List.of("regression", "crasher", "meter").forEach(name -> server.awaitWorkers(name, false));

        try (Program program = line().start()) {
            program.awaitReady();
            RealTorchServe.until(
                    this::all,
                    points ->
                            points.stream().anyMatch(point -> point.name().equals("torchserve.management_api.models")));
            addModelsAndVersions();
            traffic();
            compareOneScrape();
            removeSome();
            program.terminate();
            firstExit = program.exitCode();
            errors = program.errors();
        }
        changeWhileNobodyWatches();
        try (Program program = line().start()) {
            program.awaitReady();
            awaitEvents(11);
            program.terminate();
            secondExit = program.exitCode();
        }
        if (collector != null) {
            collector.close();
        }
    }

    @AfterAll
    void close() {
        if (collector != null) {
            collector.close();
        }
        if (server != null) {
            server.close();
        }
    }

    private Program.Builder line() throws IOException {
        Program.Builder line = collector == null
                ? Line.toFilesOnly(server::port, out)
                : Line.of(server::port, out).environment("OTLP_HTTP", collector.httpAddress());
        return line.arguments("--config", folder.resolve("more.yaml").toString());
    }

    private void addModelsAndVersions() {
        server.register("regression-2.0.mar", "");
        awaitEvents(1);
        server.register("regression-3.1.mar", "");
        awaitEvents(2);
        server.register("regression-1.0.mar", "&model_name=" + RealTorchServe.encoded(ODD));
        awaitEvents(3);
        server.manage("PUT", "/models/regression/3.1/set-default");
        awaitEvents(4);
    }

    private void traffic() {
        List.of("regression", RealTorchServe.encoded(ODD)).forEach(name -> server.awaitWorkers(name, false));
        for (int i = 0; i < 3; i++) {
            assertThat(server.predict("regression", "{\"x\": 3}")).isEqualTo(200);
            assertThat(server.predict("meter", "4.5")).isEqualTo(200);
        }
        assertThat(server.predict("regression/2.0", "{\"x\": 3}")).isEqualTo(200);
        assertThat(server.predict(RealTorchServe.encoded(ODD), "{\"x\": 3}")).isEqualTo(200);
        assertThat(server.predict("meter/1.0", "0.03")).isEqualTo(200);
        assertThat(server.predict("crasher", "raise")).isEqualTo(503);
        assertThat(server.predict("nobody", "1")).isEqualTo(404);
    }

    /** Reads the server before and after a run of the program, until nothing but the requests changed in between. */
    private void compareOneScrape() {
        List.of("regression", "crasher", "meter", RealTorchServe.encoded(ODD))
                .forEach(name -> server.awaitWorkers(name, true));
        for (int i = 0; i < 30; i++) {
            before = server.metrics();
            described = describeAll();
            long begin = System.currentTimeMillis() * 1_000_000;
            scrape = firstRunAfter(begin, "torchserve.openmetrics.health");
            managementRun = firstRunAfter(begin, "torchserve.management_api.health");
            after = server.metrics();
            if (withoutRequests(before).equals(withoutRequests(after)) && described.equals(describeAll())) {
                defaults = new HashMap<>();
                described.keySet().forEach(name -> defaults.put(name, defaultVersion(name)));
                return;
            }
        }
        throw new AssertionError("the server never stands still");
    }

    private Map<String, JsonNode> describeAll() {
        Map<String, JsonNode> all = new TreeMap<>();
        server.manage("GET", "/models").get("models").forEach(model -> {
            String name = model.get("modelName").asString();
            all.put(name, server.describe(RealTorchServe.encoded(name)));
        });
        return all;
    }

    private String defaultVersion(String name) {
        return server.manage("GET", "/models/" + RealTorchServe.encoded(name))
                .get(0)
                .get("modelVersion")
                .asString();
    }

    private static Map<Exposition.Sample, Double> withoutRequests(Exposition page) {
        Map<Exposition.Sample, Double> rest = new HashMap<>(page.samples());
        rest.keySet().removeIf(sample -> sample.name().equals("Requests2XX"));
        return rest;
    }

    /** The points of the first run after a time that has been written down, by the health metric that each run has. */
    private List<Point> firstRunAfter(long begin, String health) {
        List<Point> points = RealTorchServe.until(
                this::all, all -> all.stream().anyMatch(point -> point.name().equals(health) && point.time() > begin));
        Point first = points.stream()
                .filter(point -> point.name().equals(health) && point.time() > begin)
                .findFirst()
                .orElseThrow();
        return points.stream()
                .filter(point -> point.time() == first.time() && ExpectedSeries.sameApi(point, first))
                .toList();
    }

    private void removeSome() {
        server.manage("DELETE", "/models/regression/2.0");
        awaitEvents(5);
        server.manage("DELETE", "/models/" + RealTorchServe.encoded(ODD));
        awaitEvents(6);
    }

    private void changeWhileNobodyWatches() {
        server.manage("DELETE", "/models/meter");
        server.manage("PUT", "/models/regression/1.0/set-default");
        server.manage("DELETE", "/models/regression/3.1");
        server.register("regression-2.0.mar", "");
        server.register("regression-2.0.mar", "&model_name=another");
    }

    private void awaitEvents(int count) {
        RealTorchServe.until(() -> OtlpFile.events(out.resolve("events.jsonl")), events -> events.size() >= count);
    }

    private List<Point> all() {
        return OtlpFile.points(out.resolve("all.jsonl"));
    }

    @Test
    void endsCleanlyBothTimesAndComplainsAboutNothing() {
        assertThat(firstExit).isZero();
        assertThat(secondExit).isZero();
        assertThat(errors)
                .contains("Stopped.")
                .doesNotContain("ERROR", "WARN  receiver", "WARN  exporter", "undelivered");
    }

    @Test
    void sendsEveryMetricOfTheOfficialTableThatAServerWithoutGpusHas() {
        Set<String> sent = names(scrape);

        assertThat(sent)
                .containsAll(ExpectedSeries.official().values())
                .doesNotContain("torchserve.openmetrics.gpu.utilization");
        assertThat(ExpectedSeries.official()).hasSize(18);
    }

    @Test
    void sendsTheValuesThatTheServerExposesAndNothingElse() {
        Map<Series, String> expected = ExpectedSeries.ofExposition(before, server.url(Api.METRICS) + "/metrics");
        Map<Series, String> arrived = ExpectedSeries.of(scrape, "torchserve.openmetrics.");
        arrived.keySet().removeIf(series -> series.name().endsWith(".health"));

        Series requests = expected.keySet().stream()
                .filter(series -> series.name().endsWith("requests.2xx.count"))
                .findFirst()
                .orElseThrow();
        assertThat(arrived).containsKey(requests);
        double counted = Double.parseDouble(arrived.remove(requests));
        expected.remove(requests);
        assertThat(counted).isBetween(sum(before.of("Requests2XX")) + 1, sum(after.of("Requests2XX")));
        assertThat(arrived).containsExactlyInAnyOrderEntriesOf(expected);
        assertThat(arrived).hasSizeGreaterThan(30);
    }

    @Test
    void sendsWhatTheManagementApiSaysOfEachVersionAndWorkerAndNothingElse() {
        Map<Series, String> expected = ExpectedSeries.ofDescribes(described, defaults, server.url(Api.MANAGEMENT));
        Map<Series, String> arrived = ExpectedSeries.of(managementRun, "torchserve.management_api.");
        arrived.keySet().removeIf(series -> series.name().endsWith(".health"));

        assertThat(arrived).containsExactlyInAnyOrderEntriesOf(expected);
        assertThat(described.keySet()).containsExactlyInAnyOrder("crasher", "meter", "regression", ODD);
        assertThat(described.get("regression").size()).isEqualTo(3);
        assertThat(names(managementRun)).hasSizeGreaterThan(24);
    }

    @Test
    void sendsCountersGaugesAndHistogramsOfModelsAsTheirKinds() {
        Map<String, Point> byName = scrape.stream()
                .filter(point -> point.name().contains("Meter") || point.name().contains(".meter."))
                .collect(Collectors.toMap(Point::name, point -> point));

        assertThat(byName.get("torchserve.openmetrics.MeterRequests.count"))
                .returns("sum 2 monotonic", Point::kind)
                .returns(4.0, Point::number)
                .returns("en", point -> point.attribute("Language"))
                .returns("meter", point -> point.attribute("model_name"));
        assertThat(byName.get("torchserve.openmetrics.meter.loads.count")).returns(1.0, Point::number);
        assertThat(byName.get("torchserve.openmetrics.meter.gauge"))
                .returns("gauge", Point::kind)
                .returns(0.03, Point::number);
        assertThat(byName.get("torchserve.openmetrics.MeterSize")).returns("KiBy", Point::unit);
        assertThat(byName.get("torchserve.openmetrics.MeterPercent")).returns("%", Point::unit);
        assertThat(byName.get("torchserve.openmetrics.MeterTime")).returns("ms", Point::unit);
        assertThat(byName.get("torchserve.openmetrics.meter.histogram"))
                .returns("histogram 2", Point::kind)
                .returns("s", Point::unit)
                .extracting(Point::value)
                .asString()
                .startsWith("count 4 sum 13.53 ")
                .contains(" buckets [0.0,0.0,0.0,1.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,3.0,0.0,0.0,0.0] ")
                .contains(" bounds [0.005,0.01,0.025,0.05,0.075,0.1,0.25,0.5,0.75,1.0,2.5,5.0,7.5,10.0]");
        assertThat(byName).hasSize(7);
    }

    @Test
    void leavesOutWhatTheFilterAndTheNamesOfTheShippedFileLeaveOut() {
        Set<String> names = names(OtlpFile.points(out.resolve("metrics.jsonl")));

        assertThat(names).noneMatch(name -> name.contains(".disk.")).noneMatch(name -> name.contains("Meter"));
        Set<String> rest = names(all());
        rest.removeIf(name -> name.contains(".disk.") || name.contains("Meter") || name.contains(".meter."));
        assertThat(names).isEqualTo(rest);
    }

    @Test
    void sendsNoSumThatFallsAndNoneWithoutAStart() {
        Map<List<Object>, Point> last = new HashMap<>();
        int sums = 0;
        for (Point point : all()) {
            if (point.kind().startsWith("sum")) {
                sums++;
                assertThat(point.start()).as(point.toString()).isPositive().isLessThanOrEqualTo(point.time());
                Point previous = last.put(List.of(point.name(), point.attributes(), point.start()), point);
                if (previous != null) {
                    assertThat(point.number()).as(point.toString()).isGreaterThanOrEqualTo(previous.number());
                }
            }
        }
        assertThat(sums).isPositive();
    }

    @Test
    void tellsEveryChangeInOrderAlsoThoseThatHappenedWhileItWasAway() {
        List<Event> events = OtlpFile.events(out.resolve("events.jsonl"));

        assertThat(events.stream().map(WholeLineInteropIT::told))
                .containsExactly(
                        "version.added regression 2.0 regression-2.0.mar",
                        "version.added regression 3.1 regression-3.1.mar",
                        "added " + ODD + " 1.0 regression-1.0.mar",
                        "default_version.changed regression 3.1 regression-3.1.mar from 1.0 regression-1.0.mar",
                        "version.removed regression 2.0 regression-2.0.mar",
                        "removed " + ODD + " 1.0 regression-1.0.mar",
                        "removed meter 1.0 meter.mar",
                        "default_version.changed regression 1.0 regression-1.0.mar from 3.1 regression-3.1.mar",
                        "version.removed regression 3.1 regression-3.1.mar",
                        "version.added regression 2.0 regression-2.0.mar",
                        "added another 2.0 regression-2.0.mar");
        assertThat(events)
                .extracting(event -> event.attribute("torchserve.event.id"))
                .doesNotHaveDuplicates();
        assertThat(events).extracting(Event::time).isSorted();
        assertThat(events)
                .allMatch(event -> event.severity().equals("9 INFO"))
                .allMatch(event -> event.attribute("management_api_url").equals(server.url(Api.MANAGEMENT)))
                .allMatch(event -> event.body().toString().contains(event.attribute("torchserve.model.name")));
    }

    private static String told(Event event) {
        Map<String, Object> attributes = event.attributes();
        String previous = attributes.containsKey("torchserve.model.previous_version")
                ? " from " + attributes.get("torchserve.model.previous_version") + " "
                        + attributes.get("torchserve.model.previous_url")
                : "";
        return event.name().replace("torchserve.model.", "") + " " + event.attribute("torchserve.model.name") + " "
                + event.attribute("torchserve.model.version") + " " + event.attribute("torchserve.model.url")
                + previous;
    }

    @Test
    void snapshotsHaveEveryModelWithItsVersions() {
        List<Event> snapshots = OtlpFile.events(out.resolve("snapshots.jsonl"));

        assertThat(snapshots).allMatch(event -> event.name().equals("torchserve.inventory.snapshot"));
        assertThat(snapshots.get(snapshots.size() - 1).attributes())
                .contains(entry("torchserve.inventory.complete", true), entry("torchserve.inventory.models", 3L));
        assertThat(snapshots.get(snapshots.size() - 1).body().toString()).contains("another", "crasher", "regression");
    }

    @Test
    void namesTheServerOnEverythingAndItsVersionOnceItIsKnown() {
        String instance = "127.0.0.1:" + server.port(Api.INFERENCE);
        List<Event> events = OtlpFile.events(out.resolve("events.jsonl"));

        Map<String, Object> unknown = Map.of("service.name", "torchserve", "service.instance.id", instance);
        Map<String, Object> known = new HashMap<>(unknown);
        known.put("service.version", "0.12.0");
        // The first run waits for the version a moment; a busy machine may be slower.
        assertThat(all().stream().map(Point::resource).distinct().map(Object.class::cast))
                .contains(known)
                .isSubsetOf(unknown, known);
        assertThat(managementRun)
                .extracting(point -> point.resource().get("service.version"))
                .containsOnly("0.12.0");
        // The version is asked after the first run, and the last five events are of the second program's first run.
        assertThat(events.subList(0, 6))
                .extracting(event -> event.resource().get("service.version"))
                .containsOnly("0.12.0");
        assertThat(events)
                .extracting(event -> event.resource().get("service.instance.id"))
                .containsOnly(instance);
    }

    @Test
    void isOkAllTheTime() {
        List<Point> health =
                all().stream().filter(point -> point.name().endsWith("health")).toList();

        assertThat(health.stream()
                        .filter(point -> point.number() != 0
                                || !point.attribute("torchserve.api.state").equals("ok")))
                .isEmpty();
        assertThat(names(health)).hasSize(3);
        assertThat(all().stream().filter(point -> point.name().equals("up") && point.number() != 1))
                .isEmpty();
    }

    @Test
    void theCollectorReceivesWhatTheFilesHave() {
        assumeTrue(collector != null, "no Collector is installed");

        List<Point> points = OtlpFile.points(out.resolve("metrics.jsonl"));
        List<Event> events = OtlpFile.events(out.resolve("events.jsonl"));
        OtlpFile.assertSame(points, OtlpFile.points(collector.metrics()));
        OtlpFile.assertSame(events, OtlpFile.events(collector.logs()));
        System.err.printf(
                "interop: real TorchServe to real Collector: %d metrics, %d points, %d events equal%n",
                names(points).size(), points.size(), events.size());
    }

    private static double sum(Map<Map<String, String>, Double> series) {
        return series.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    private static Set<String> names(List<Point> points) {
        return points.stream().map(Point::name).collect(Collectors.toCollection(TreeSet::new));
    }
}
