package tscollector.app.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tscollector.simulator.Api;
import tscollector.simulator.ModelSettings;
import tscollector.simulator.TorchServeSimulator;

/**
 * The simulator that the other tests believe, beside a real TorchServe: the same requests in the same order to both give equal
 * answers, but for what must differ (request ids, times, process ids, memory, host names).
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SimulatorAgainstRealInteropIT {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String ODD = RealTorchServe.encoded("m\u00f6del %?x");
    private static final String REGISTER = "/models?initial_workers=1&synchronous=false&url=";

    /** In this order; changes are among the questions. */
    private static final List<String> QUESTIONS = List.of(
            "INFERENCE GET /ping",
            "INFERENCE POST /ping",
            "INFERENCE HEAD /ping",
            "INFERENCE OPTIONS /",
            "INFERENCE GET /api-description",
            "INFERENCE GET /",
            "INFERENCE GET /nothing",
            "INFERENCE POST /predictions/regression",
            "INFERENCE POST /predictions/regression/1.0",
            "INFERENCE POST /predictions/regression/9.9",
            "INFERENCE POST /predictions/nobody",
            "INFERENCE GET /models",
            "METRICS OPTIONS /",
            "METRICS GET /",
            "METRICS GET /ping",
            "METRICS GET /metrics?name[]=nothing",
            "MANAGEMENT OPTIONS /",
            "MANAGEMENT GET /",
            "MANAGEMENT GET /nothing",
            "MANAGEMENT GET /metrics",
            "MANAGEMENT GET /models",
            "MANAGEMENT GET /models/",
            "MANAGEMENT HEAD /models",
            "MANAGEMENT PUT /models",
            "MANAGEMENT GET /models?limit=1",
            "MANAGEMENT GET /models?limit=1&next_page_token=1",
            "MANAGEMENT GET /models?limit=1&nextPageToken=1",
            "MANAGEMENT GET /models?limit=2",
            "MANAGEMENT GET /models?limit=0",
            "MANAGEMENT GET /models?limit=-1",
            "MANAGEMENT GET /models?limit=1000",
            "MANAGEMENT GET /models?limit=one",
            "MANAGEMENT GET /models?limit=1&next_page_token=99",
            "MANAGEMENT GET /models/regression",
            "MANAGEMENT GET /models/regression/all",
            "MANAGEMENT GET /models/regression/1.0",
            "MANAGEMENT GET /models/regression/9.9",
            "MANAGEMENT GET /models/nobody",
            "MANAGEMENT GET /models/nobody/all",
            "MANAGEMENT GET /v1/models/regression",
            "MANAGEMENT GET /workflows",
            "MANAGEMENT POST /models",
            "MANAGEMENT POST /models?url=nothing.mar",
            "MANAGEMENT POST " + REGISTER + "regression-1.0.mar",
            "MANAGEMENT POST /models?url=regression-2.0.mar&initial_workers=0",
            "MANAGEMENT GET /models/regression/2.0",
            "MANAGEMENT POST /models?url=regression-1.0.mar&initial_workers=0&model_name=" + ODD,
            "MANAGEMENT GET /models/" + ODD,
            "INFERENCE POST /predictions/" + ODD,
            "MANAGEMENT GET /models",
            "MANAGEMENT PUT /models/regression/2.0/set-default",
            "MANAGEMENT PUT /models/regression/9.9/set-default",
            "MANAGEMENT PUT /models/nobody/1.0/set-default",
            "MANAGEMENT GET /models",
            "MANAGEMENT GET /models/regression",
            "MANAGEMENT DELETE /models/regression",
            "MANAGEMENT DELETE /models/regression/2.0",
            "MANAGEMENT DELETE /models/regression/9.9",
            "MANAGEMENT DELETE /models/nobody",
            "MANAGEMENT GET /models/regression/all",
            "MANAGEMENT PUT /models/crasher?min_worker=2&max_worker=1",
            "MANAGEMENT PUT /models/nobody?min_worker=1",
            "MANAGEMENT DELETE /models/regression/1.0",
            "MANAGEMENT GET /models/regression/all", // loadedAtStartup is gone with 1.0
            "MANAGEMENT POST /models?url=regression-3.1.mar&initial_workers=0",
            "MANAGEMENT GET /models/regression/3.1",
            "MANAGEMENT GET /models/crasher",
            "MANAGEMENT DELETE /models/" + ODD,
            "MANAGEMENT GET /models");

    private record Answers(String question, String real, String simulated) {
        @Override
        public String toString() {
            return question;
        }
    }

    @TempDir
    private static Path folder;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Answers> answers = new ArrayList<>();
    private List<String> realStates = List.of();
    private List<String> simulatedStates = List.of();
    private RealTorchServe real;
    private TorchServeSimulator simulator;

    @BeforeAll
    void askBoth() {
        // One collection of host metrics: a worker's death would end them.
        real = RealTorchServe.start(
                folder.resolve("ts"),
                "prometheus",
                "--model",
                "regression-1.0.mar",
                "--model",
                "crasher.mar",
                "--property",
                "metric_time_interval=600");
        ModelSettings regression = ModelSettings.of("regression", "1.0", "regression-1.0.mar");
        simulator = TorchServeSimulator.builder()
                .modelApi()
                .model(regression)
                .model(ModelSettings.of("crasher", "1.0", "crasher.mar"))
                .archive(regression)
                .archive(ModelSettings.of("regression", "2.0", "regression-2.0.mar"))
                .archive(ModelSettings.of("regression", "3.1", "regression-3.1.mar"))
                .start();
        real.awaitWorkers("regression", false);
        real.awaitWorkers("crasher", false);
        for (String question : QUESTIONS) {
            answers.add(new Answers(
                    question,
                    ask(question, real::url),
                    ask(question, api -> simulator.url(api).toString())));
        }
        realStates = realLife();
        simulatedStates = simulatedLife();
    }

    @AfterAll
    void close() {
        if (simulator != null) {
            simulator.close();
        }
        if (real != null) {
            real.close();
        }
    }

    private interface Address {
        String of(Api api);
    }

    private String ask(String question, Address address) {
        String[] words = question.split(" ", 3);
        HttpRequest.BodyPublisher body =
                question.contains("/predictions/") ? BodyPublishers.ofString("{\"x\": 3}") : BodyPublishers.noBody();
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(address.of(Api.valueOf(words[0])) + words[2].replace("[]", "%5B%5D")))
                .method(words[1], body)
                .build();
        try {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
            return response.statusCode() + "\n" + headers(response) + "\n" + normal(response.body());
        } catch (IOException e) {
            return "no answer: " + e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static String headers(HttpResponse<?> response) {
        Map<String, String> headers = new TreeMap<>();
        response.headers()
                .map()
                .forEach((name, values) -> headers.put(
                        name,
                        name.equals("x-request-id") || name.equals("content-length") ? "..." : values.toString()));
        return headers.toString();
    }

    private static String normal(String body) {
        if (body.contains("\"openapi\"")) {
            return JSON.readTree(body).get("info").toString(); // the simulator's description says no more
        }
        return body.replaceAll("\"(pid|memoryUsage)\": \\d+", "\"$1\": 1")
                .replaceAll("\"startTime\": \"[-\\d]+T[:\\d]+\\.\\d{3}Z\"", "\"startTime\": \"...\"")
                .replaceAll("\"y\": [\\d.]+", "\"y\": 1");
    }

    Stream<Answers> answers() {
        return answers.stream();
    }

    @ParameterizedTest
    @MethodSource("answers")
    void answersAlike(Answers both) {
        assertThat(both.simulated()).isEqualTo(both.real());
    }

    @Test
    void haveTheSameFamiliesAndSeriesAfterTheSameRequests() {
        Exposition realPage = real.metrics();
        Exposition simulated = Exposition.read(body(simulator.url(Api.METRICS) + "/metrics"));

        Map<String, String> families = new TreeMap<>(realPage.families());
        families.keySet().removeIf(name -> name.startsWith("Meter")); // declared for the real models only
        assertThat(simulated.families()).isEqualTo(families);
        assertThat(series(simulated)).isEqualTo(series(realPage));
    }

    private String body(String url) {
        try {
            return client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Without HandlerTime, which only handlers of TorchServe's own base class send. */
    private static Set<String> series(Exposition page) {
        return page.samples().keySet().stream()
                .filter(sample -> !sample.name().equals("HandlerTime"))
                .map(sample -> {
                    Map<String, String> labels = new TreeMap<>(sample.labels());
                    labels.replaceAll((name, value) -> name.equalsIgnoreCase("hostname") ? "..." : value);
                    return sample.name() + labels;
                })
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void aWorkerLoadsDiesAndComesBackThroughTheSameStates() {
        List<String> seen = new ArrayList<>();
        for (String state : realStates) {
            // A process has its pid for a moment before it is READY; the simulator, where nothing takes time, has no
            // such moment.
            boolean early = state.startsWith("UNLOADING pid ")
                    && !state.endsWith("-1")
                    && !seen.contains(state.replace("UNLOADING", "READY"));
            if (!early) {
                seen.add(state);
            }
        }

        assertThat(seen).containsExactly("UNLOADING pid -1", "READY pid 1", "UNLOADING pid 1", "READY pid 2");
        assertThat(simulatedStates).isEqualTo(seen);
    }

    private List<String> simulatedLife() {
        List<String> states = new ArrayList<>();
        Map<String, String> pids = new TreeMap<>();
        simulator.registerLoadingModel(ModelSettings.of("late", "1.0", "crasher.mar"));
        states.add(simulatedState(pids));
        String id = simulator.model("late").current().workers().get(0).id();
        simulator.recoverWorker("late", null, id);
        states.add(simulatedState(pids));
        simulator.inference("late", null, 500, 0, 0);
        simulator.killWorker("late", null, id);
        states.add(simulatedState(pids));
        simulator.recoverWorker("late", null, id);
        states.add(simulatedState(pids));
        return states;
    }

    private List<String> realLife() {
        List<String> states = new ArrayList<>();
        Map<String, String> pids = new TreeMap<>();
        real.register("crasher.mar", "&model_name=late");
        watch(states, pids, "READY pid 1");
        assertThat(real.predict("late", "exit")).isEqualTo(500);
        watch(states, pids, "READY pid 2");
        return states;
    }

    /** Adds each change of state until the last. */
    private void watch(List<String> states, Map<String, String> pids, String last) {
        RealTorchServe.until(
                () -> {
                    for (JsonNode worker : RealTorchServe.workers(real.describe("late"))) {
                        String state = state(worker, pids);
                        if (states.isEmpty() || !states.get(states.size() - 1).equals(state)) {
                            states.add(state);
                        }
                    }
                    return states;
                },
                seen -> seen.contains(last));
    }

    private String simulatedState(Map<String, String> pids) {
        JsonNode described = JSON.readTree(body(simulator.url(Api.MANAGEMENT) + "/models/late"));
        return state(described.get(0).get("workers").get(0), pids);
    }

    /** Status and which pid it is: -1, or the how manieth. */
    private static String state(JsonNode worker, Map<String, String> pids) {
        String pid = worker.get("pid").asString();
        String which = pid.equals("-1") ? "-1" : pids.computeIfAbsent(pid, p -> Integer.toString(pids.size() + 1));
        return worker.get("status").asString() + " pid " + which;
    }
}
