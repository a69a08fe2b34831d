package tscollector.exporter.file;

import io.opentelemetry.sdk.resources.Resource;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tscollector.signal.LogBatch;
import tscollector.signal.LogGroup;
import tscollector.signal.LogRecord;

/** Writes a log batch as one {@code ExportLogsServiceRequest}. */
final class JsonLogs {
    private JsonLogs() {}

    static void write(JsonGenerator json, LogBatch batch) {
        json.writeStartObject();
        json.writeArrayPropertyStart("resourceLogs");
        @Nullable Resource open = null;
        for (LogGroup group : batch.groups()) {
            if (group.resource() != open) {
                closeResource(json, open);
                open = group.resource();
                json.writeStartObject();
                JsonValues.writeResource(json, open);
                json.writeArrayPropertyStart("scopeLogs");
            }
            json.writeStartObject();
            JsonValues.writeScope(json, group.scope());
            json.writeArrayPropertyStart("logRecords");
            group.records().forEach(logRecord -> writeRecord(json, logRecord));
            json.writeEndArray();
            json.writeEndObject();
        }
        closeResource(json, open);
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void closeResource(JsonGenerator json, @Nullable Resource open) {
        if (open != null) {
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private static void writeRecord(JsonGenerator json, LogRecord logRecord) {
        json.writeStartObject();
        JsonValues.writeTime(json, "timeUnixNano", logRecord.timestampEpochNanos());
        JsonValues.writeTime(json, "observedTimeUnixNano", logRecord.observedTimestampEpochNanos());
        if (logRecord.severity().getSeverityNumber() != 0) {
            json.writeNumberProperty("severityNumber", logRecord.severity().getSeverityNumber());
        }
        String severityText = logRecord.getSeverityText();
        if (severityText != null) {
            json.writeStringProperty("severityText", severityText);
        }
        if (logRecord.body() != null) {
            json.writeName("body");
            JsonValues.writeValue(json, logRecord.body());
        }
        JsonValues.writeAttributes(json, logRecord.attributes());
        if (!logRecord.eventName().isEmpty()) {
            json.writeStringProperty("eventName", logRecord.eventName());
        }
        json.writeEndObject();
    }
}
