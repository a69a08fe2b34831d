package tscollector.app.parity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One recording of the official check: how it was configured, what it was answered run by run, and what it submitted. The files
 * and what their keys mean: {@code datadog/README.md} in the test resources.
 */
record Vector(JsonNode json) {
    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final Path FOLDER = Path.of("src/test/resources/datadog");

    /**
     * Every recording, by name. While developing, the system property {@code parity.vectors} names a folder whose recordings are
     * played instead.
     */
    static List<Vector> all() {
        String other = System.getProperty("parity.vectors");
        if (other != null) {
            return in(Path.of(other));
        }
        return Stream.concat(in(FOLDER.resolve("vectors")).stream(), in(FOLDER.resolve("own")).stream())
                .toList();
    }

    private static List<Vector> in(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted()
                    .map(file -> new Vector(MAPPER.readTree(file.toFile())))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Names, possibly ending in {@code *}, of those that are not run end to end; a reason follows each. */
    static List<String> notComparable() {
        List<String> names = new ArrayList<>();
        for (String line : text(FOLDER.resolve("not-comparable.txt")).lines().toList()) {
            if (!line.isBlank() && !line.startsWith("#")) {
                names.add(line.split("\\s+", 2)[0]);
            }
        }
        return names;
    }

    String name() {
        return json.get("name").asString();
    }

    boolean isComparable() {
        return notComparable().stream()
                .noneMatch(pattern -> pattern.endsWith("*")
                        ? name().startsWith(pattern.substring(0, pattern.length() - 1))
                        : name().equals(pattern));
    }

    /** Whether the check refused this configuration. */
    boolean isRefused() {
        return json.has("construction_error");
    }

    JsonNode instance() {
        return json.get("instance");
    }

    /** How often the check runs. */
    Duration interval() {
        return Duration.ofMillis(
                (long) (1000 * instance().path("min_collection_interval").asDouble(15)));
    }

    /** Whether each run says how it went, whatever it asks and gets. */
    boolean hasHealthInEachRun() {
        return instance().has("management_api_url")
                && runs().stream()
                        .allMatch(run -> submitted(run).stream()
                                .anyMatch(one -> one.get("kind").asString().equals("service_check")));
    }

    /** The whole {@code conf.yaml}, as JSON, which is YAML. */
    String conf() {
        JsonNode init = json.get("init_config");
        return "{\"init_config\": " + (init == null ? "{}" : init) + ", \"instances\": [" + instance() + "]}";
    }

    List<JsonNode> serves() {
        return List.copyOf(json.get("serve").asArray().elements());
    }

    List<JsonNode> runs() {
        return json.has("runs") ? List.copyOf(json.get("runs").asArray().elements()) : List.of();
    }

    /** What was submitted in one run; see {@link #isWhole}. */
    static List<JsonNode> submitted(JsonNode run) {
        return List.copyOf(run.get("submitted").asArray().elements());
    }

    /** Whether what was submitted is all that may arrive: not where the recording is cut, nor where a run was killed on its way. */
    boolean isWhole() {
        return runs().stream().noneMatch(run -> run.has("n_submitted") || isKilledOnItsWay(run));
    }

    /** A run that ends with an error although its question was answered well. */
    private static boolean isKilledOnItsWay(JsonNode run) {
        return !run.path("error").isNull()
                && submitted(run).stream()
                        .noneMatch(one -> one.get("kind").asString().equals("service_check")
                                && one.get("status").asString().equals("CRITICAL"));
    }

    /** A body of the recordings. */
    static byte[] body(String file) {
        return bytes(FOLDER.resolve("bodies").resolve(file));
    }

    /** A captured answer of a real server, head and body. */
    static byte[] capture(String file) {
        return bytes(FOLDER.resolve("captures").resolve(file));
    }

    @Override
    public String toString() {
        return name();
    }

    private static String text(Path file) {
        return new String(bytes(file), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
