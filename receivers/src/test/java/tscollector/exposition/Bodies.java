package tscollector.exposition;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import tscollector.torchserve.Captures;

/** Bodies of /metrics for tests: those of a real TorchServe 0.12.0, and others made from them. */
final class Bodies {
    private static final String ALPHABET = "ab_:le=\"{},\\ \t\n\r#+-.0159eNaInfTYPEHELP\u00e9";

    private Bodies() {}

    /** Every captured answer of a metrics API, by name. */
    static List<String> captures() {
        try {
            Path root = Path.of(Objects.requireNonNull(Bodies.class.getResource("/captures"))
                    .toURI());
            try (Stream<Path> files = Files.walk(root)) {
                return files.filter(Bodies::isMetrics)
                        .map(file -> root.relativize(file)
                                .toString()
                                .replace(".http", "")
                                .replace('\\', '/'))
                        .sorted()
                        .toList();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isMetrics(Path file) {
        try {
            return Files.isRegularFile(file)
                    && file.toString().endsWith(".http")
                    && Files.readString(file, StandardCharsets.ISO_8859_1)
                            .startsWith("HTTP/1.1 200 OK\r\ncontent-type: text/plain; version=0.0.4");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] capture(String name) {
        return Captures.body(name);
    }

    static byte[] of(String... lines) {
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** The body with a few bytes, lines or values changed. */
    static byte[] mutated(byte[] body, SplittableRandom random) {
        byte[] mutated = body.clone();
        for (int i = random.nextInt(1, 8); i > 0 && mutated.length > 0; i--) {
            int at = random.nextInt(mutated.length);
            switch (random.nextInt(5)) {
                case 0 -> mutated[at] = (byte) random.nextInt(256);
                case 1 -> mutated[at] = (byte) ALPHABET.charAt(random.nextInt(ALPHABET.length()));
                case 2 -> mutated = spliced(mutated, at, random.nextInt(at, Math.min(mutated.length, at + 40)), "");
                case 3 -> mutated = spliced(mutated, at, at, text(random, 6));
                default -> {
                    String line = lineAt(mutated, random.nextInt(mutated.length));
                    mutated = spliced(mutated, at, at, line); // a line doubled, at times in the middle of another
                }
            }
        }
        return mutated;
    }

    /** Text of the characters that matter. */
    static String text(SplittableRandom random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(length + 1); i > 0; i--) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    private static String lineAt(byte[] body, int at) {
        String text = new String(body, StandardCharsets.ISO_8859_1);
        int from = text.lastIndexOf('\n', at) + 1;
        int to = text.indexOf('\n', from);
        return to < 0 ? "" : text.substring(from, to + 1);
    }

    private static byte[] spliced(byte[] body, int from, int to, String with) {
        String text = new String(body, StandardCharsets.ISO_8859_1);
        return (text.substring(0, from) + with + text.substring(to)).getBytes(StandardCharsets.ISO_8859_1);
    }
}
