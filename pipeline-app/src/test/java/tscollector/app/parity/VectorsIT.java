package tscollector.app.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every comparable recording of the official check, end to end and strict: its {@code conf.yaml} is imported, its answers are served,
 * and what arrives at the intake is what the Agent would have sent. Other recordings than ours are played with
 * {@code -Dparity.vectors=FOLDER}.
 */
class VectorsIT {
    /** They wait most of the time. */
    private static final int AT_ONCE = 6;

    /** Whose second run would differ from the first for a reason of the check's own: events, caches, clocks, failures. */
    private static final String NOT_AGAIN =
            "mg-.*|inf-.*|.*telemetry.*|om-type-time-elapsed|om-ignore.*|om-timeout.*|om-reset|om-cut.*"
                    + "|om-process.*|om-openmetrics-1-bad|om-use-latest-spec|om-token-file";

    /** The check runs and is critical; an import leaves out what names a file that is not there, and says so. */
    private static final Set<String> LEFT_OUT = Set.of("om-token-file", "om-tls-ca-missing");

    @TempDir
    private static Path folder;

    private static final ExecutorService THREADS = Executors.newFixedThreadPool(AT_ONCE);
    private static OwnCertificate certificate;

    @BeforeAll
    static void makeCertificate() throws Exception {
        certificate = OwnCertificate.in(folder);
    }

    @AfterAll
    static void stop() {
        THREADS.shutdownNow();
    }

    @TestFactory
    Stream<DynamicTest> sendsWhatTheCheckSubmitted() {
        Map<Vector, Future<Arrivals>> playing = new LinkedHashMap<>();
        for (Vector vector : Vector.all()) {
            if (vector.isComparable() && !isLeftOut(vector)) {
                playing.put(vector, THREADS.submit(() -> playing(vector).play()));
            }
        }
        return playing.entrySet().stream()
                .map(one -> DynamicTest.dynamicTest(
                        one.getKey().json().get("ids") + " " + one.getKey().name(),
                        () -> compare(one.getKey(), one.getValue())));
    }

    @TestFactory
    Stream<DynamicTest> refusesWhatTheCheckRefuses() {
        return Vector.all().stream()
                .filter(VectorsIT::isLeftOut)
                .map(vector -> DynamicTest.dynamicTest(vector.name(), () -> {
                    assertThat(Playing.imported(vector.conf(), true, Map.of()).instances())
                            .isZero();
                }));
    }

    /** The check refuses it when it is built, or each of its runs ends before anything is asked. */
    private static boolean isLeftOut(Vector vector) {
        return vector.isRefused()
                || LEFT_OUT.contains(vector.name())
                || (vector.isComparable()
                        && vector.runs().stream()
                                .allMatch(run -> Vector.submitted(run).isEmpty()
                                        && run.path("requests").isEmpty()));
    }

    private static boolean again(Vector vector) {
        return !vector.name().matches(NOT_AGAIN)
                && vector.runs().stream().allMatch(run -> run.get("error").isNull());
    }

    private static Playing playing(Vector vector) throws Exception {
        return new Playing(
                vector,
                Files.createDirectories(folder.resolve(vector.name())),
                again(vector),
                certificate.sockets(),
                certificate.pem());
    }

    private static void compare(Vector vector, Future<Arrivals> playing) throws Exception {
        Arrivals arrived = playing.get();
        Arrivals submitted = AgentRules.of(vector, Playing.HOST, again(vector));
        List<String> differences = new ArrayList<>();
        submitted.missingIn(arrived).forEach(line -> differences.add("missing: " + line));
        if (vector.isWhole()) {
            submitted.unknownOf(arrived).forEach(line -> differences.add("not submitted: " + line));
        }
        assertThat(differences).as(vector.json().get("about").asString()).isEmpty();
    }
}
