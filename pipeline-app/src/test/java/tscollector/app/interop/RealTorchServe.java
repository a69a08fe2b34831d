package tscollector.app.interop;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tscollector.simulator.Api;

/** A real TorchServe on loopback, and a client of its own that speaks to it without anything of the product. */
final class RealTorchServe implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Path work;
    private final List<Integer> ports;

    private RealTorchServe(Path work, List<Integer> ports) {
        this.work = work;
        this.ports = ports;
    }

    /**
     * Starts one; skips the test where none is installed.
     *
     * @param mode prometheus, log or token
     * @param more further arguments of {@code torchserve/start.sh}
     */
    static RealTorchServe start(Path work, String mode, String... more) {
        List<String> arguments = new ArrayList<>(List.of("--home", Interop.torchServeHome()));
        List<Integer> ports = Interop.freePorts(5);
        arguments.addAll(List.of("--work", work.toString(), "--mode", mode));
        arguments.addAll(List.of("--inference", ports.get(0).toString()));
        arguments.addAll(List.of("--management", ports.get(1).toString()));
        arguments.addAll(List.of("--metrics", ports.get(2).toString()));
        arguments.addAll(List.of("--grpc-inference", ports.get(3).toString()));
        arguments.addAll(List.of("--grpc-management", ports.get(4).toString()));
        arguments.addAll(List.of(more));
        Interop.run("torchserve/start.sh", arguments.toArray(String[]::new));
        return new RealTorchServe(work, ports);
    }

    int port(Api api) {
        return ports.get(
                switch (api) {
                    case INFERENCE -> 0;
                    case MANAGEMENT -> 1;
                    case METRICS -> 2;
                });
    }

    String url(Api api) {
        return "http://127.0.0.1:" + port(api);
    }

    Path keyFile() {
        return work.resolve("key_file.json");
    }

    /** The key file's text of {@code management}, {@code inference} or {@code API}. */
    String key(String owner) {
        try {
            return JSON.readTree(Files.readString(keyFile()))
                    .get(owner)
                    .get("key")
                    .asString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A request with these headers, {@code name, value} in turn. */
    HttpResponse<String> send(Api api, String method, String target, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url(api) + target))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .timeout(PATIENCE);
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return client.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + target, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** A call of the management API that must succeed. */
    JsonNode manage(String method, String target, String... headers) {
        HttpResponse<String> answer = send(Api.MANAGEMENT, method, target, "", headers);
        if (answer.statusCode() >= 300) {
            throw new AssertionError(method + " " + target + " gives " + answer.statusCode() + ": " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    /**
     * Registers an archive; its one worker comes up later. Not {@code synchronous=true}: the server waits for the worker on the
     * event loop, and whoever's connection shares that one, the program's too, waits with it.
     */
    void register(String archive, String more, String... headers) {
        manage("POST", "/models?url=" + archive + "&initial_workers=1&synchronous=false" + more, headers);
    }

    /** An inference; its status. */
    int predict(String path, String body) {
        return send(Api.INFERENCE, "POST", "/predictions/" + path, body, "Content-Type", "application/json")
                .statusCode();
    }

    /** All versions of a model. */
    JsonNode describe(String encodedName, String... headers) {
        return manage("GET", "/models/" + encodedName + "/all", headers);
    }

    /** Waits until every worker of the model is READY and has reported its memory. */
    JsonNode awaitWorkers(String encodedName, boolean withMemory) {
        return until(
                () -> describe(encodedName),
                versions -> workers(versions).stream()
                        .allMatch(worker -> worker.get("status").asString().equals("READY")
                                && (!withMemory || worker.get("memoryUsage").asLong() > 0)));
    }

    /** Workers of all versions of a describe. */
    static List<JsonNode> workers(JsonNode versions) {
        List<JsonNode> workers = new ArrayList<>();
        versions.forEach(version -> version.get("workers").forEach(workers::add));
        return workers;
    }

    Exposition metrics() {
        return Exposition.read(send(Api.METRICS, "GET", "/metrics", "").body());
    }

    static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Asks until the answer is as wanted. */
    static <T> T until(Supplier<T> ask, Predicate<T> wanted) {
        return await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(ask::get, wanted);
    }

    @Override
    public void close() {
        Interop.run("torchserve/stop.sh", work.toString());
    }
}
