package tscollector.processor.naming;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tscollector.processor.Built;
import tscollector.processor.Processor;
import tscollector.signal.MetricBatch;
import tscollector.testkit.CollectingConsumer;
import tscollector.testkit.TestContext;

/**
 * O9-O23, O34, C8, C9: what the official check sent for a body and settings, and what naming makes of them. A file is a comment with
 * the parity ids, the settings, then for each run the body and the series that were sent. Rates, which nothing can be said of after
 * one run, are left out.
 */
class OfficialVectorsTest {
    private static final Path FOLDER = Path.of("src/test/resources/official-check");

    /** Where this program does better on purpose. */
    private static final Set<String> STRICT_ONLY =
            Set.of("om-extra-with-total", "om-summary-prefix", "om-type-native-dynamic", "om-type-service-check");

    /** Settings and runs of one file. */
    record Vector(String name, String settings, List<Run> runs) {
        @Override
        public String toString() {
            return name;
        }
    }

    record Run(String body, List<String> sent) {}

    static Stream<Vector> all() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().map(OfficialVectorsTest::read).toList().stream();
        }
    }

    static Stream<Vector> alike() throws IOException {
        return all().filter(vector -> !STRICT_ONLY.contains(vector.name()));
    }

    static Stream<Vector> different() throws IOException {
        return all().filter(vector -> STRICT_ONLY.contains(vector.name()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void strictSendsWhatTheCheckSends(Vector vector) throws Exception {
        check(vector, "strict");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("alike")
    void theDefaultSendsTheSameWhereNothingIsRepaired(Vector vector) throws Exception {
        check(vector, "off");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("different")
    void theDefaultDiffersWhereItSaysSo(Vector vector) throws Exception {
        boolean same = true;
        List<List<String>> runs = runs(vector, "off");
        for (int i = 0; i < runs.size(); i++) {
            same &= Set.copyOf(runs.get(i))
                    .equals(Set.copyOf(vector.runs().get(i).sent()));
        }

        assertThat(same).isFalse();
    }

    private static void check(Vector vector, String compat) throws Exception {
        List<List<String>> runs = runs(vector, compat);
        for (int i = 0; i < runs.size(); i++) {
            List<String> expected = vector.runs().get(i).sent().stream()
                    .map(line -> line.replace("\tvaries\t", "\t" + anyValueOf(line, runs) + "\t"))
                    .map(OfficialVectorsTest::withJavasNumber)
                    .toList();
            assertThat(runs.get(i)).as("run %s", i + 1).containsExactlyInAnyOrderElementsOf(merged(expected));
        }
    }

    /** The check sends series that became one after the other: here counters are added, and of gauges the last stays. */
    private static List<String> merged(List<String> lines) {
        Map<String, String> merged = new LinkedHashMap<>();
        for (String line : lines) {
            String[] columns = line.split("\t", -1);
            String series = columns[0] + columns[1] + columns[3];
            merged.merge(columns[0].equals("service_check") ? line : series, line, (first, last) -> {
                double sum = Double.parseDouble(first.split("\t", -1)[2]) + Double.parseDouble(columns[2]);
                return columns[0].equals("monotonic_count")
                        ? String.join("\t", columns[0], columns[1], String.valueOf(sum), columns[3])
                        : last;
            });
        }
        return List.copyOf(merged.values());
    }

    /** A number as Java writes it. */
    private static String withJavasNumber(String line) {
        String[] columns = line.split("\t", -1);
        columns[2] = columns[0].equals("service_check") ? columns[2] : String.valueOf(Double.parseDouble(columns[2]));
        return String.join("\t", columns);
    }

    /** The value of the series that the line speaks of, whatever it is. */
    private static String anyValueOf(String line, List<List<String>> runs) {
        String name = line.split("\t", -1)[1];
        return runs.stream()
                .flatMap(List::stream)
                .map(sent -> sent.split("\t", -1))
                .filter(sent -> sent[1].equals(name))
                .map(sent -> sent[2])
                .findFirst()
                .orElse("0");
    }

    private static List<List<String>> runs(Vector vector, String compat) throws Exception {
        NamingConfig config = Written.yaml(vector.settings()
                .replaceFirst("\\{", "{\"compat\": \"" + compat + "\", ")
                .replace(", }", "}"));
        CollectingConsumer<MetricBatch> next = CollectingConsumer.metrics();
        Processor<MetricBatch> processor =
                Built.metrics(new NamingFactory(), new TestContext("torchserve_naming").build(), config, next);
        Exposition target = new Exposition();
        List<List<String>> runs = new ArrayList<>();
        for (int i = 0; i < vector.runs().size(); i++) {
            int before = next.batches().size();
            processor.consume(target.run(i, vector.runs().get(i).body()));
            runs.add(Sent.of(next.batches().subList(before, next.batches().size())));
        }
        return runs;
    }

    private static Vector read(Path file) {
        try {
            String[] parts = Files.readString(file).split("\n=== body\n", -1);
            List<Run> runs = new ArrayList<>();
            for (int i = 1; i < parts.length; i++) {
                String[] run = parts[i].split("\n=== sent\n?", -1);
                runs.add(new Run(run[0] + "\n", run[1].lines().toList()));
            }
            return new Vector(
                    file.getFileName().toString().replace(".txt", ""),
                    parts[0].lines().toList().get(1),
                    runs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
