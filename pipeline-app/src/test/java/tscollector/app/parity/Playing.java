package tscollector.app.parity;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLServerSocketFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tscollector.app.imports.DatadogImport;
import tscollector.kit.config.Surroundings;
import tscollector.kit.time.SystemScheduler;
import tscollector.testkit.datadog.AcceptedCheck;
import tscollector.testkit.datadog.AcceptedSeries;
import tscollector.testkit.datadog.DatadogIntake;
import tscollector.testkit.datadog.DatadogServer;

/** Plays one recording through the whole line: its instance imported, its answers served, what arrives at an intake taken down. */
final class Playing {
    static final String HOST = "agent-host";
    private static final String[] STATUSES = {"OK", "WARNING", "CRITICAL", "UNKNOWN"};
    private static final int PATIENCE_SECONDS = Integer.getInteger("parity.patience", 30);

    private final Vector vector;
    private final Path folder;
    private final boolean again;
    private final @Nullable SSLServerSocketFactory tls;
    private final @Nullable Path certificate;
    private boolean strict = true;

    /**
     * A recording to be played.
     *
     * @param folder for state and sockets, empty
     * @param again plays the last run once more, for the differences of counters that a recording of one run cannot show
     * @param certificate what {@code tls} shows, in PEM
     */
    Playing(
            Vector vector,
            Path folder,
            boolean again,
            @Nullable SSLServerSocketFactory tls,
            @Nullable Path certificate) {
        this.vector = vector;
        this.folder = folder;
        this.again = again;
        this.tls = tls;
        this.certificate = certificate;
    }

    /** The same with the repairs that hold by default. */
    Playing byDefault() {
        strict = false;
        return this;
    }

    /** What import made of the instance; nothing if it was left out. */
    static DatadogImport.Result imported(String conf, boolean strict, Map<String, String> variables) {
        return new DatadogImport(strict, Surroundings.of(variables))
                .run(List.of(new DatadogImport.Input("conf.yaml", conf)), null, yaml -> List.of());
    }

    /** Everything that arrived, addresses as in the recording. */
    Arrivals play() throws Exception {
        List<JsonNode> serves = new ArrayList<>(vector.serves());
        while (serves.size() < vector.runs().size()) {
            serves.add(serves.get(serves.size() - 1));
        }
        if (again) {
            serves.add(serves.get(serves.size() - 1));
        }
        String address = vector.instance().path("openmetrics_endpoint").asString("");
        boolean unix = address.startsWith("unix:");
        VectorServer server = unix
                ? VectorServer.unix(serves, socket().toString())
                : VectorServer.tcp(serves, address.startsWith("https:") ? tls : null);
        boolean paced = vector.hasHealthInEachRun();
        RunClock clock = paced
                ? RunClock.stepping(server::runs, vector.interval())
                : RunClock.ofDay(server::runs, vector.interval());
        DatadogIntake intake = new DatadogIntake(clock);
        try (server;
                DatadogServer http = DatadogServer.start(intake)) {
            Map<String, String> variables = Map.of(
                    "DD_API_KEY", DatadogIntake.KEY,
                    "DD_HOSTNAME", HOST,
                    "DD_METRICS_URL", http.url(),
                    "DD_LOGS_URL", http.url(),
                    "STATE_DIR", folder.resolve("state").toString());
            DatadogImport.Result result = imported(conf(server.port(), paced), strict, variables);
            if (result.instances() != 1) {
                throw new AssertionError("left out: " + result.remarks());
            }
            if (paced) {
                int before = vector.name().startsWith("mg-restart") ? serves.size() - 1 : 0;
                if (before > 0) {
                    pace(before, result, variables, clock, server, intake);
                }
                pace(serves.size() - before, result, variables, clock, server, intake);
            } else {
                let(result, variables, clock, server, intake);
            }
            if (!intake.refusals().isEmpty()) {
                throw new AssertionError("the intake refused: " + intake.refusals());
            }
            return arrivals(intake, server.port());
        }
    }

    private void pace(
            int runs,
            DatadogImport.Result result,
            Map<String, String> variables,
            RunClock clock,
            VectorServer server,
            DatadogIntake intake)
            throws Exception {
        SystemScheduler scheduler = new SystemScheduler();
        PacedRuns paced = new PacedRuns(scheduler, runs, () -> intake.checks().size() >= server.runs(), server::begin);
        RunningLine line = RunningLine.start(result.yaml(), List.of(), variables, clock, scheduler, paced);
        if (!paced.awaitPlayed(PATIENCE_SECONDS)) {
            throw new AssertionError("only " + server.runs() + " runs began; imported as\n" + result.yaml());
        }
        line.close();
    }

    /** Lets runs begin as they like; their first request tells. */
    private void let(
            DatadogImport.Result result,
            Map<String, String> variables,
            RunClock clock,
            VectorServer server,
            DatadogIntake intake)
            throws Exception {
        RunningLine line = RunningLine.start(result.yaml(), List.of(), variables, clock);
        if (asksNothing()) {
            awaitCheck(intake);
        } else if (!server.awaitPlayed(PATIENCE_SECONDS)) {
            throw new AssertionError("only " + server.runs() + " runs began; imported as\n" + result.yaml());
        }
        line.close();
    }

    /** Recordings in which no request was made: the run fails before. */
    private boolean asksNothing() {
        return vector.runs().stream()
                .allMatch(run -> run.has("requests") && run.get("requests").isEmpty());
    }

    private static void awaitCheck(DatadogIntake intake) {
        await().atMost(Duration.ofSeconds(PATIENCE_SECONDS))
                .until(() -> !intake.checks().isEmpty());
    }

    private Path socket() throws IOException {
        return Files.createDirectories(folder).resolve("s.sock");
    }

    private String conf(int port, boolean paced) throws IOException {
        ObjectNode instance = (ObjectNode) vector.instance().deepCopy();
        if (!paced) {
            instance.put("min_collection_interval", 0.1);
        }
        ObjectNode json = (ObjectNode) vector.json().deepCopy();
        json.set("instance", instance);
        return new Vector(json)
                .conf()
                .replaceAll("ts-host:\\d+", "127.0.0.1:" + port)
                .replace("/run/ts-host.sock", socket().toString())
                .replace("/run/ts-host.pem", String.valueOf(certificate));
    }

    private Arrivals arrivals(DatadogIntake intake, int port) throws IOException {
        Arrivals arrivals = new Arrivals();
        for (AcceptedSeries series : intake.series()) {
            String type = series.type() == AcceptedSeries.COUNT ? "count" : "gauge";
            String host = series.host() == null ? "" : series.host();
            series.values()
                    .forEach((second, value) ->
                            arrivals.metric(type, series.metric(), asRecorded(series.tags(), port), host, value));
        }
        intake.sketches()
                .forEach(sketch -> arrivals.sketch(
                        sketch.metric(), asRecorded(sketch.tags(), port), sketch.host(), (double) sketch.count()));
        for (AcceptedCheck check : intake.checks()) {
            arrivals.check(
                    check.check(),
                    asRecorded(check.tags(), port),
                    check.hostName(),
                    STATUSES[check.status()],
                    !check.message().isEmpty());
        }
        intake.events()
                .forEach(event ->
                        arrivals.event(event.title(), event.text(), asRecorded(event.tags(), port), event.host()));
        return arrivals;
    }

    private List<String> asRecorded(List<String> tags, int port) {
        String recorded = vector.json().toString().replaceAll("(?s).*?ts-host:(\\d+).*", "$1");
        String socket = folder.resolve("s.sock").toString();
        return tags.stream()
                .map(tag ->
                        tag.replace("127.0.0.1:" + port, "ts-host:" + recorded).replace(socket, "/run/ts-host.sock"))
                .toList();
    }
}
