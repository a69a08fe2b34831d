package tscollector.exporter.file;

import tools.jackson.core.JsonGenerator;
import tscollector.signal.LogBatch;
import tscollector.signal.LogGroup;
import tscollector.signal.LogRecord;

/** Writes a log batch as one {@code ExportLogsServiceRequest}. */
final class JsonLogs {
    private JsonLogs() {}

    static void write(JsonGenerator json, LogBatch batch) {
        JsonRequest request = JsonRequest.begin(json, "Logs");
        for (LogGroup group : batch.groups()) {
            request.scope(
                    group.resource(),
                    group.scope(),
                    "logRecords",
                    () -> group.records().forEach(logRecord -> writeRecord(json, logRecord)));
        }
        request.end();
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
