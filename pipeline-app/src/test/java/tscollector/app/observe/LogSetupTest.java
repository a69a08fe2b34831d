package tscollector.app.observe;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LogSetupTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final PrintStream realErr = System.err;
    private final Logger logger = LoggerFactory.getLogger("receiver.torchserve/gpu-a");

    @BeforeEach
    void catchStandardError() {
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restore() {
        System.setErr(realErr);
        LogSetup.apply("info", LogSetup.Format.TEXT);
    }

    private List<String> lines() {
        return err.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void writesTimeLevelComponentAndSentence() {
        LogSetup.apply("info", LogSetup.Format.TEXT);
        logger.warn("Scrape failed. target={}", "http://a");

        assertThat(lines())
                .singleElement()
                .asString()
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z WARN  receiver\\.torchserve/gpu-a - "
                        + "Scrape failed\\. target=http://a");
    }

    @Test
    void writesOneJsonObjectALine() throws Exception {
        LogSetup.apply("info", LogSetup.Format.JSON);
        logger.info("Two\nlines, \"quoted\", {}", "\u6A21\u0001");
        logger.error("Second.");

        assertThat(lines()).hasSize(2);
        JsonNode first = JsonMapper.builder().build().readTree(lines().get(0));
        assertThat(first.get("level").asString()).isEqualTo("INFO");
        assertThat(first.get("loggerName").asString()).isEqualTo("receiver.torchserve/gpu-a");
        assertThat(first.get("formattedMessage").asString()).isEqualTo("Two\nlines, \"quoted\", \u6A21\u0001");
        assertThat(first.has("timestamp")).isTrue();
    }

    @Test
    void keepsARecordOnOneLineWhateverAServerSaid() {
        LogSetup.apply("info", LogSetup.Format.TEXT);
        logger.warn("Scrape failed. error=\"{}\"", "x\r\n2026-01-01T00:00:00.000Z ERROR service - Forged.\u2028y");

        assertThat(lines()).singleElement().asString().contains("Scrape failed.", "Forged.", "y\"");
    }

    @ParameterizedTest
    @CsvSource({"debug, 4", "info, 3", "warn, 2", "error, 1"})
    void showsWhatIsAtLeastAsSevere(String level, int shown) {
        LogSetup.apply(level, LogSetup.Format.TEXT);
        logger.trace("t");
        logger.debug("d");
        logger.info("i");
        logger.warn("w");
        logger.error("e");

        assertThat(lines()).hasSize(shown);
    }

    @ParameterizedTest
    @EnumSource(LogSetup.Format.class)
    void showsStackTracesOnlyToThoseWhoAsk(LogSetup.Format format) {
        IllegalStateException defect = new IllegalStateException("broken");
        for (String level : List.of("info", "warn", "error")) {
            LogSetup.apply(level, format);
            logger.error("It failed.", defect);
        }
        assertThat(lines()).hasSize(3).noneMatch(line -> line.contains("LogSetupTest"));

        err.reset();
        LogSetup.apply("debug", format);
        logger.error("It failed.", defect);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("It failed.", "broken", "LogSetupTest");
    }

    @ParameterizedTest
    @ValueSource(strings = {"org.apache.hc.client5.http.headers", "okhttp3.internal.http2.Http2"})
    void neverShowsTheHeadersThatLibrariesPrint(String library) {
        LogSetup.apply("debug", LogSetup.Format.TEXT);
        LoggerFactory.getLogger(library).debug("Authorization: Bearer s3cret");
        LoggerFactory.getLogger(library).info("Authorization: Bearer s3cret");

        assertThat(lines()).isEmpty();
    }

    @Test
    void leavesFailedRequestsOfTheSdkToOurOwnExporters() {
        Logger sdk = LoggerFactory.getLogger("io.opentelemetry.exporter.internal.http.HttpExporter");
        LogSetup.apply("info", LogSetup.Format.TEXT);
        sdk.error("Failed to export metrics.");
        assertThat(lines()).isEmpty();

        LogSetup.apply("debug", LogSetup.Format.TEXT);
        sdk.error("Failed to export metrics.");
        assertThat(lines()).hasSize(1);
    }

    @Test
    void writesEachLineOnceHoweverOftenItIsSetUp() {
        LogSetup.apply("info", LogSetup.Format.TEXT);
        LogSetup.apply("debug", LogSetup.Format.JSON);
        LogSetup.apply("info", LogSetup.Format.TEXT);
        logger.info("Once.");

        assertThat(lines()).hasSize(1);
    }

    @Test
    void bridgesJavaLogging() {
        LogSetup.bridgeJavaLogging();
        LogSetup.apply("info", LogSetup.Format.TEXT);
        java.util.logging.Logger.getLogger("some.library").warning("Something is odd.");

        assertThat(lines()).singleElement().asString().endsWith("WARN  some.library - Something is odd.");
    }

    @Test
    void isWhatLogbackFindsInsteadOfAFile() {
        LoggerContext context = new LoggerContext();
        LogSetup setup = new LogSetup();
        setup.setContext(context);

        assertThat(setup.configure(context).name()).isEqualTo("DO_NOT_INVOKE_NEXT_IF_ANY");
        assertThat(context.getLogger(Logger.ROOT_LOGGER_NAME).getLevel()).isEqualTo(Level.INFO);
        assertThat(context.getLogger(Logger.ROOT_LOGGER_NAME)
                        .getAppender("stderr")
                        .isStarted())
                .isTrue();
        assertThat(ServiceLoader.load(Configurator.class).stream().map(ServiceLoader.Provider::type))
                .anyMatch(LogSetup.class::equals);
    }
}
