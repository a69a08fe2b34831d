package tscollector.app.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Datadog's own translator of OTLP metrics; tests that ask it are skipped where it is not installed. */
public final class DatadogTranslator {
    private static final String PROGRAM = "interop.datadog";

    /**
     * What becomes of one request.
     *
     * @param resourceTags tags that are there because of a resource
     * @param error why the rest of the request was not translated; empty if it was
     */
    public record Answer(List<Sent> sent, List<String> resourceTags, String error) {}

    private DatadogTranslator() {}

    /** The answers to a sequence of requests, each seen after those before it. The translator started before the first. */
    public static List<Answer> translate(List<ExportMetricsServiceRequest> requests, List<String> flags) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (ExportMetricsServiceRequest request : requests) {
                out.writeInt(request.getSerializedSize());
                request.writeTo(out);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        List<String> arguments = new ArrayList<>(List.of("translate"));
        arguments.addAll(flags);
        return new String(run(arguments, bytes.toByteArray()), StandardCharsets.UTF_8)
                .lines()
                .map(line -> answer(JsonMapper.shared().readTree(line)))
                .toList();
    }

    /** A document of OTLP JSON that the translator's own tests read, by its path without ending. */
    public static ExportMetricsServiceRequest ownInput(String name) {
        try {
            Path folder = Path.of(program()).resolveSibling("translator-inputs");
            byte[] json = Files.readAllBytes(folder.resolve("otlp").resolve(name + ".json"));
            return ExportMetricsServiceRequest.parseFrom(run(List.of("otlp"), json));
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        } catch (IOException e) {
            throw new AssertionError("no input " + name, e);
        }
    }

    private static Answer answer(JsonNode node) {
        List<Sent> sent = new ArrayList<>();
        for (JsonNode point : node.get("series")) {
            sent.add(new Sent(
                    point.get("type").asString(),
                    point.get("name").asString(),
                    texts(point.get("tags")),
                    point.get("host").asString(),
                    point.get("second").asLong(),
                    point.get("interval").asLong(),
                    point.get("value").asDouble()));
        }
        for (JsonNode sketch : node.get("sketches")) {
            TreeMap<Integer, Long> bins = new TreeMap<>();
            for (int i = 0; i < sketch.get("keys").size(); i++) {
                bins.merge(
                        sketch.get("keys").get(i).asInt(),
                        sketch.get("counts").get(i).asLong(),
                        Long::sum);
            }
            sent.add(new Sent(
                    "sketch",
                    sketch.get("name").asString(),
                    texts(sketch.get("tags")),
                    sketch.get("host").asString(),
                    sketch.get("second").asLong(),
                    0,
                    new Sent.Distribution(
                            sketch.get("count").asLong(),
                            sketch.get("sum").asDouble(),
                            sketch.get("avg").asDouble(),
                            sketch.get("min").asDouble(),
                            sketch.get("max").asDouble(),
                            bins)));
        }
        return new Answer(
                sent, texts(node.get("resourceTags")), node.path("error").asString(""));
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asString()));
        return texts;
    }

    private static String program() {
        String program = System.getProperty(PROGRAM);
        assumeTrue(program != null, "only with -D" + PROGRAM);
        return String.valueOf(program);
    }

    private static byte[] run(List<String> arguments, byte[] input) {
        List<String> command = new ArrayList<>(List.of(program()));
        command.addAll(arguments);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> write(process, input));
            byte[] output = process.getInputStream().readAllBytes();
            assertThat(process.waitFor()).as(command.toString()).isZero();
            writing.join();
            return output;
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static void write(Process process, byte[] input) {
        try (OutputStream in = process.getOutputStream()) {
            in.write(input);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
