package tscollector.exporter.debug;

import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.sdk.resources.Resource;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import tscollector.exporter.debug.DebugConfig.Verbosity;
import tscollector.signal.LogBatch;
import tscollector.signal.LogGroup;
import tscollector.signal.LogRecord;

/** Records and events as text: time, server, event name and body in one line, the attributes in the next. */
final class LogPrinter {
    /** Bodies of snapshots are as long as the server has models; people need to see that it came, not all of it. */
    private static final int LONGEST_BODY = 200;

    private final Verbosity verbosity;
    private final Paint paint;
    private final ZoneId zone;

    LogPrinter(Verbosity verbosity, Paint paint, ZoneId zone) {
        this.verbosity = verbosity;
        this.paint = paint;
        this.zone = zone;
    }

    String print(LogBatch batch) {
        StringBuilder text = new StringBuilder();
        @Nullable Resource shown = null;
        for (LogGroup group : batch.groups()) {
            if (verbosity == Verbosity.BASIC) {
                text.append(paint.bold(MetricPrinter.server(group.resource())))
                        .append(paint.dim(
                                "  " + MetricPrinter.count(group.records().size(), "log record")))
                        .append('\n');
                continue;
            }
            if (verbosity == Verbosity.DETAILED && group.resource() != shown) {
                shown = group.resource();
                text.append("  resource  ")
                        .append(Texts.attributes(shown.getAttributes()))
                        .append('\n');
            }
            group.records().forEach(logRecord -> line(text, logRecord));
        }
        return text.toString();
    }

    private void line(StringBuilder text, LogRecord logRecord) {
        text.append(paint.dim(Texts.time(logRecord.timestampEpochNanos(), zone)))
                .append(' ')
                .append(paint.bold(MetricPrinter.server(logRecord.resource())))
                .append("  ")
                .append(
                        logRecord.eventName().isEmpty()
                                ? severity(logRecord.severity())
                                : paint.good(Texts.clean(logRecord.eventName())));
        if (logRecord.body() != null) {
            text.append("  ").append(shortened(Texts.clean(logRecord.body().asString())));
        }
        text.append('\n');
        if (!logRecord.attributes().isEmpty()) {
            text.append("         ")
                    .append(paint.dim(Texts.attributes(logRecord.attributes())))
                    .append('\n');
        }
    }

    private String shortened(String body) {
        return verbosity == Verbosity.DETAILED || body.length() <= LONGEST_BODY
                ? body
                : body.substring(0, LONGEST_BODY) + "... (" + body.length() + " characters)";
    }

    private String severity(Severity severity) {
        if (severity.getSeverityNumber() >= Severity.ERROR.getSeverityNumber()) {
            return paint.bad(severity.name());
        }
        return severity.getSeverityNumber() >= Severity.WARN.getSeverityNumber()
                ? paint.warning(severity.name())
                : severity.name();
    }
}
