package tscollector.exporter.datadog;

import io.opentelemetry.api.common.AttributeType;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.KeyValue;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.common.ValueType;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The fields of a log from a record, as Datadog's own mapping of OpenTelemetry logs names them. */
final class LogFields {
    static final String MESSAGE = "message";

    private static final int DEEPEST = 10;
    private static final long NANOS_PER_MILLI = 1_000_000L;
    private static final String SOURCE = "torchserve";

    private static final Set<String> MESSAGES = Set.of("msg", "message", "log");
    private static final Set<String> STATUSES = Set.of("status", "severity", "level", "syslog.severity");
    private static final Set<String> TRACE_IDS = Set.of("trace_id", "traceid", "contextmap.traceid", "oteltraceid");
    private static final Set<String> SPAN_IDS = Set.of("span_id", "spanid", "contextmap.spanid", "otelspanid");

    /** Fields with a meaning of their own; an attribute of the same name gets the prefix {@code otel.}. */
    private static final Set<String> RESERVED =
            Set.of(MESSAGE, "ddsource", "ddtags", "hostname", "service", "status", "timestamp", "@timestamp", "host");

    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]+");
    private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Map<String, Object> fields = new LinkedHashMap<>();

    private LogFields() {}

    /** All fields; values are texts, {@code Long}, {@code Double}, {@code Boolean} and lists of these. */
    static Map<String, Object> of(LogRecordData logRecord, RecordOrigin origin) {
        return new LogFields().all(logRecord, origin, true);
    }

    /** The fields that every log has: nothing of the attributes but what they say about message, status and ids. */
    static Map<String, Object> fewest(LogRecordData logRecord, RecordOrigin origin) {
        return new LogFields().all(logRecord, origin, false);
    }

    private Map<String, Object> all(LogRecordData logRecord, RecordOrigin origin, boolean withAttributes) {
        fields.put(MESSAGE, body(logRecord));
        fields.put("ddsource", SOURCE);
        putUnlessEmpty("ddtags", origin.logTags());
        putUnlessEmpty("hostname", origin.host());
        putUnlessEmpty("service", origin.service());
        putSeverity(logRecord);
        putTime(RecordOrigin.time(logRecord));
        putUnlessEmpty("event.name", logRecord.getEventName());
        if (withAttributes) {
            fields.putAll(origin.fields());
        }
        putAttributes(logRecord.getAttributes(), withAttributes);
        SpanContext span = logRecord.getSpanContext();
        if (span.isValid()) {
            putTraceId(span.getTraceId());
            putSpanId(span.getSpanId());
        }
        return fields;
    }

    private static String body(LogRecordData logRecord) {
        Value<?> body = logRecord.getBodyValue();
        if (body != null) {
            return body.asString();
        }
        String event = logRecord.getEventName();
        return event == null ? "" : event;
    }

    private void putSeverity(LogRecordData logRecord) {
        Severity severity = logRecord.getSeverity();
        String text = logRecord.getSeverityText();
        int number = severity.getSeverityNumber();
        if (number > 0) {
            fields.put("status", status(number));
            fields.put("otel.severity_number", Integer.toString(number));
        }
        if (text != null && !text.isEmpty()) {
            fields.put("otel.severity_text", text);
            if (!text.equals(severity.name())) { // the SDK's own word for the number says no more than the number
                fields.put("status", text);
            }
        }
    }

    /** Datadog's word for a severity number. */
    static String status(int severity) {
        if (severity <= 4) {
            return "trace";
        }
        if (severity <= 8) {
            return "debug";
        }
        if (severity <= 12) {
            return "info";
        }
        if (severity <= 16) {
            return "warn";
        }
        return severity > 20 && severity <= 24 ? "fatal" : "error";
    }

    private void putTime(long epochNanos) {
        if (epochNanos <= 0) {
            return; // Datadog then takes the time of arrival
        }
        long millis = epochNanos / NANOS_PER_MILLI;
        fields.put("timestamp", millis);
        fields.put("@timestamp", MILLIS.format(Instant.ofEpochMilli(millis)));
        fields.put("otel.timestamp", Long.toString(epochNanos));
    }

    private void putAttributes(Attributes attributes, boolean withAll) {
        attributes.forEach((key, value) -> {
            String name = key.getKey();
            String lower = name.toLowerCase(Locale.ROOT);
            if (MESSAGES.contains(lower)) {
                fields.put(MESSAGE, text(value));
            } else if (STATUSES.contains(lower)) {
                fields.put("status", text(value));
            } else if (TRACE_IDS.contains(lower) && isId(text(value))) {
                putTraceId(text(value));
            } else if (SPAN_IDS.contains(lower) && isId(text(value))) {
                putSpanId(text(value));
            } else if (withAll && key.getType() == AttributeType.VALUE) {
                putFlat(name, (Value<?>) value, 1);
            } else if (withAll) {
                fields.put(free(name), value);
            }
        });
    }

    private void putFlat(String name, Value<?> value, int depth) {
        if (value.getType() == ValueType.KEY_VALUE_LIST && depth < DEEPEST) {
            for (Object entry : (List<?>) value.getValue()) {
                KeyValue pair = (KeyValue) entry;
                putFlat(name + "." + pair.getKey(), pair.getValue(), depth + 1);
            }
            return;
        }
        boolean isPlain = value.getType() == ValueType.BOOLEAN
                || value.getType() == ValueType.LONG
                || value.getType() == ValueType.DOUBLE;
        fields.put(free(name), isPlain ? value.getValue() : value.asString());
    }

    /** Datadog's ids are decimal numbers of 64 bits. */
    private void putTraceId(String hex) {
        fields.put("otel.trace_id", hex);
        fields.put("dd.trace_id", decimal(hex));
    }

    private void putSpanId(String hex) {
        fields.put("otel.span_id", hex);
        fields.put("dd.span_id", decimal(hex));
    }

    private static boolean isId(String text) {
        return (text.length() == 16 || text.length() == 32) && HEX.matcher(text).matches();
    }

    private static String decimal(String hex) {
        return Long.toUnsignedString(Long.parseUnsignedLong(hex.substring(hex.length() - 16), 16));
    }

    /** A name for an attribute that is not Datadog's own. */
    static String free(String name) {
        return RESERVED.contains(name) ? "otel." + name : name;
    }

    static String text(Object value) {
        return value instanceof Value<?> structured ? structured.asString() : value.toString();
    }

    private void putUnlessEmpty(String name, @Nullable String text) {
        if (text != null && !text.isEmpty()) {
            fields.put(name, text);
        }
    }
}
