package tscollector.official;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** One recording of the official check. */
public record Vector(JsonNode json) {
    private static final String FOLDER = "/official-check/";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    static Vector of(String name) {
        return new Vector(MAPPER.readTree(file("vectors/" + name + ".json")));
    }

    /** The names of the vectors that a receiver can be played alone, of those that begin so. */
    static List<String> names(String prefix) {
        return new String(bytes("/official-vectors.txt"), StandardCharsets.UTF_8)
                .lines()
                .filter(name -> name.startsWith(prefix))
                .toList();
    }

    /** A file of the recordings. */
    static byte[] file(String name) {
        return bytes(FOLDER + name);
    }

    private static byte[] bytes(String resource) {
        try (InputStream in = Vector.class.getResourceAsStream(resource)) {
            return Objects.requireNonNull(in, resource).readAllBytes();
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
