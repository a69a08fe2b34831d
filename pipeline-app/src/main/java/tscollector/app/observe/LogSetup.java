package tscollector.app.observe;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Where the program's own log goes: to standard error, as text or JSON, one line a record. Found by logback as its configurator, so
 * that no file is looked for or parsed.
 */
public final class LogSetup extends ContextAwareBase implements Configurator {
    private static final String APPENDER = "stderr";
    /** Time in UTC, level, component, sentence. */
    private static final String PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSS'Z',UTC} %-5level %logger - "
            // a server that is watched must not be able to write lines of its own
            + "%replace(%msg){'\\R', ' '}%n";

    /** How a line of the log looks. */
    public enum Format {
        TEXT,
        JSON
    }

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        setUp(context, Level.INFO, Format.TEXT);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /** Sets level ({@code debug}, {@code info}, {@code warn}, {@code error}) and format from here on. */
    public static void apply(String level, Format format) {
        setUp((LoggerContext) LoggerFactory.getILoggerFactory(), Level.toLevel(level, Level.INFO), format);
    }

    /** Leads java.util.logging, which the OpenTelemetry SDK uses, into this log. Before any class of the SDK is touched. */
    public static void bridgeJavaLogging() {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }

    private static void setUp(LoggerContext context, Level level, Format format) {
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setName(APPENDER);
        appender.setTarget("System.err");
        appender.setEncoder(format == Format.JSON ? json(context, level) : text(context, level));
        appender.start();
        ch.qos.logback.classic.Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.detachAndStopAllAppenders();
        root.addAppender(appender);
        root.setLevel(level);
        // Who waits for "Everything is ready" or looks for what was lost finds the line at every level; these are few.
        context.getLogger("service").setLevel(level.isGreaterOrEqual(Level.INFO) ? Level.INFO : level);
        // What the SDK's exporters say per failed request our exporters say once per outage.
        context.getLogger("io.opentelemetry").setLevel(level.isGreaterOrEqual(Level.INFO) ? Level.OFF : level);
        // These two would print headers, and with them secrets, whatever the level of the rest.
        context.getLogger("org.apache.hc").setLevel(Level.WARN);
        context.getLogger("okhttp3").setLevel(Level.WARN);
    }

    private static Encoder<ILoggingEvent> text(LoggerContext context, Level level) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        // Stack traces are for those who ask for them; everybody else reads the sentence.
        encoder.setPattern(level.isGreaterOrEqual(Level.INFO) ? PATTERN.replace("%n", "%n%nopex") : PATTERN);
        encoder.start();
        return encoder;
    }

    private static Encoder<ILoggingEvent> json(LoggerContext context, Level level) {
        JsonEncoder encoder = new JsonEncoder();
        encoder.setContext(context);
        encoder.setWithFormattedMessage(true);
        encoder.setWithMessage(false);
        encoder.setWithArguments(false);
        encoder.setWithContext(false);
        encoder.setWithSequenceNumber(false);
        encoder.setWithNanoseconds(false);
        encoder.setWithThrowable(!level.isGreaterOrEqual(Level.INFO)); // as in text
        encoder.start();
        return encoder;
    }
}
