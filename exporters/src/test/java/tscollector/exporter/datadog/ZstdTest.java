package tscollector.exporter.datadog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tscollector.testkit.datadog.DatadogIntake;
import tscollector.testkit.datadog.IntakeAnswer;
import tscollector.testkit.datadog.IntakeRequest;

class ZstdTest {
    private static final String SERIES = "/api/v2/series";
    private static final String SKETCHES = "/api/beta/sketches";
    private static final String CHECKS = "/api/v1/check_run";

    /** Run by {@link #r3_withoutTheLibrary} among classes of which that of zstd is missing. */
    static final class WithoutLibrary {
        private WithoutLibrary() {}

        public static String startError() {
            try {
                Destination.started("compression: zstd");
                return "it started";
            } catch (AssertionError e) {
                return e.getCause() == null ? e.toString() : e.getCause().toString();
            }
        }

        public static String gzipInstead() {
            Destination destination = Destination.started("compression: gzip");
            destination.send(StrictIntakeTest.everything());
            destination.flush();
            return destination.sent() + " sent";
        }
    }

    @Test
    @DisplayName(
            "R3: with zstd, series, sketches, checks and logs have that coding and are what they were; events have gzip")
    void r3_everythingArrives() {
        Destination zstd = sentAll("zstd");
        Destination gzip = sentAll("gzip");

        assertThat(zstd.intake.refusals()).isEmpty();
        assertThat(codings(zstd))
                .isEqualTo(Map.of(
                        SERIES,
                        "zstd",
                        SKETCHES,
                        "zstd",
                        CHECKS,
                        "zstd",
                        Destination.LOGS,
                        "zstd",
                        Destination.EVENTS,
                        "gzip"));
        assertThat(zstd.intake.series()).isEqualTo(gzip.intake.series()).isNotEmpty();
        assertThat(zstd.intake.sketches()).isEqualTo(gzip.intake.sketches()).isNotEmpty();
        assertThat(zstd.intake.checks()).isEqualTo(gzip.intake.checks()).isNotEmpty();
        assertThat(zstd.intake.logs()).isEqualTo(gzip.intake.logs()).isNotEmpty();
        assertThat(zstd.intake.events()).isEqualTo(gzip.intake.events()).isNotEmpty();
        assertThat(zstd.sent()).isEqualTo(gzip.sent()).isEqualTo(8);
    }

    @Test
    @DisplayName("R3: a body of zstd begins as one does, whatever the header says")
    void r3_theBodyIsZstd() {
        Destination zstd = sentAll("zstd");

        assertThat(zstd.intake.exchanges())
                .map(DatadogIntake.Exchange::request)
                .filteredOn(request -> "zstd".equals(request.header("content-encoding")))
                .hasSize(4)
                .allSatisfy(
                        request -> assertThat(request.body()).startsWith(0x28, 0xb5, 0x2f, 0xfd)); // RFC 8878, 3.1.1
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v2/series, zstd, 400", // a coding it takes; the body is wrong
        "/api/v2/series, zstd1, 400",
        "/api/v2/series, br, 415",
        "/api/beta/sketches, zstd, 400",
        "/api/beta/sketches, zstd1, 415",
        "/api/v1/check_run, zstd, 400",
        "/api/v2/logs, zstd, 400",
        "/api/v1/events, zstd, 415",
        "/api/v1/events, gzip, 400"
    })
    @DisplayName("R3: the double takes zstd only where Datadog or its shippers are known to")
    void r3_whereZstdIsTaken(String path, String coding, int status) {
        Destination destination = Destination.started("");
        String type = path.endsWith("sketches") ? "application/x-protobuf" : "application/json";

        IntakeAnswer answer = destination.intake.answer(new IntakeRequest(
                "POST",
                path,
                Map.of(
                        "dd-api-key",
                        DatadogIntake.KEY,
                        "user-agent",
                        "a/1",
                        "content-type",
                        type,
                        "content-encoding",
                        coding),
                "no body".getBytes(StandardCharsets.UTF_8)));

        assertThat(answer.status()).isEqualTo(status);
    }

    @Test
    @DisplayName("R3: zstd without its library is a start error that names it, and nothing else needs it")
    void r3_withoutTheLibrary() throws Exception {
        assertThat(amongOthers("startError"))
                .startsWith("tscollector.component.StartException")
                .contains("compression: zstd", "com.github.luben:zstd-jni", "gzip");
        assertThat(amongOthers("gzipInstead")).isEqualTo("6 sent");
    }

    private static String amongOthers(String method) throws Exception {
        URL[] others = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("zstd-jni"))
                .map(ZstdTest::url)
                .toArray(URL[]::new);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(others, ClassLoader.getPlatformClassLoader())) {
            thread.setContextClassLoader(loader);
            var run = loader.loadClass(WithoutLibrary.class.getName()).getDeclaredMethod(method);
            run.setAccessible(true);
            return (String) run.invoke(null);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static URL url(String entry) {
        try {
            return new File(entry).toURI().toURL();
        } catch (MalformedURLException e) {
            throw new AssertionError(e);
        }
    }

    private static Destination sentAll(String compression) {
        Destination destination = Destination.started("api_key_check: off\ncompression: " + compression);
        destination.send(StrictIntakeTest.everything());
        destination.send(new Records()
                .log("a line", "k", "v")
                .event("torchserve.model.added", "torchserve.model.name", "m")
                .batch());
        destination.flush();
        return destination;
    }

    private static Map<String, String> codings(Destination destination) {
        return destination.intake.exchanges().stream()
                .map(DatadogIntake.Exchange::request)
                .collect(Collectors.toMap(
                        IntakeRequest::path,
                        request -> String.valueOf(request.header("content-encoding")),
                        (one, other) -> List.of(one, other).toString()));
    }
}
