package tscollector.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every captured answer comes back byte for byte when it is replayed. */
class ReplayOfEveryCaptureTest {
    private static TorchServeSimulator server;

    @BeforeAll
    static void start() {
        server = TorchServeSimulator.builder().start();
    }

    @AfterAll
    static void close() {
        server.close();
    }

    static Stream<String> captures() throws IOException, URISyntaxException {
        Path root = Path.of(Objects.requireNonNull(ReplayOfEveryCaptureTest.class.getResource("/torchserve-0.12.0"))
                .toURI());
        try (Stream<Path> files = Files.walk(root)) {
            return files
                    .filter(file -> file.toString().endsWith(".http"))
                    .map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList()
                    .stream();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("captures")
    void comesBackByteForByte(String capture) {
        boolean head = capture.contains("-head-");
        server.replay(Api.MANAGEMENT, "/replayed", Capture.bytes(capture));

        Reply reply = RawClient.send(server, Api.MANAGEMENT, head ? "HEAD" : "GET", "/replayed?x=y");

        assertThat(reply.text()).isEqualTo(Capture.text(capture));
    }
}
