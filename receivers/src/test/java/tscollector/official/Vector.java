package tscollector.official;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** One recording of the official check, as its README describes it. */
public record Vector(JsonNode json) {
    private static final String FOLDER = "/official-check/";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    static Vector of(String name) {
        return new Vector(MAPPER.readTree(bytes("vectors/" + name + ".json")));
    }

    /** The names of all vectors here that begin so. */
    static List<String> names(String prefix) {
        try (var files = Files.list(Path.of(Objects.requireNonNull(Vector.class.getResource(FOLDER + "vectors"))
                .toURI()))) {
            return files.map(file -> file.getFileName().toString().replace(".json", ""))
                    .filter(name -> name.startsWith(prefix))
                    .sorted()
                    .toList();
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] bytes(String name) {
        try (InputStream in = Vector.class.getResourceAsStream(FOLDER + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode instance() {
        return json.path("instance");
    }

    int runs() {
        return json.path("runs").size();
    }

    /** What the server says in this run: the last entry where there are fewer than runs. */
    JsonNode serve(int run) {
        JsonNode all = json.path("serve");
        return all.get(Math.min(run, all.size() - 1));
    }

    JsonNode run(int run) {
        return json.path("runs").get(run);
    }

    /** Numbers as {@code name value tags}, sorted. */
    List<String> metrics(int run) {
        List<String> lines = new ArrayList<>();
        for (JsonNode one : run(run).path("submitted")) {
            if (one.path("kind").asString().equals("metric")) {
                lines.add(one.path("name").asString() + " " + one.path("value").asDouble() + " " + tags(one));
            }
        }
        return lines.stream().sorted().toList();
    }

    /** Service checks as {@code name value tags}, with {@code why} where they have a message. */
    List<String> checks(int run) {
        List<String> lines = new ArrayList<>();
        for (JsonNode one : run(run).path("submitted")) {
            if (one.path("kind").asString().equals("service_check")) {
                int value = List.of("OK", "WARNING", "CRITICAL", "UNKNOWN")
                        .indexOf(one.path("status").asString());
                String why = one.path("message").asString().isEmpty() ? "" : " why";
                lines.add(one.path("name").asString() + " " + (double) value + " " + tags(one) + why);
            }
        }
        return lines;
    }

    private static TreeSet<String> tags(JsonNode one) {
        TreeSet<String> tags = new TreeSet<>(); // duplicates are sent once
        one.path("tags").forEach(tag -> tags.add(tag.asString()));
        return tags;
    }

    /** The texts of a list of the instance. */
    static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asString()));
        return texts;
    }
}
