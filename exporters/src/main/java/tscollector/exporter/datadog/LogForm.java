package tscollector.exporter.datadog;

import io.opentelemetry.sdk.logs.data.LogRecordData;
import java.util.List;
import java.util.Map;
import tscollector.telemetry.Telemetry;

/** Logs in the JSON array of {@code /api/v2/logs}. One that is longer than Datadog keeps is cut by us, and says so. */
final class LogForm implements RecordCargo.Form {
    /** Datadog cuts longer ones without a word. */
    static final int LONGEST = 1_000_000;

    /** The field that tells that a log was cut: {@code message}, or {@code attributes} if those had to go. */
    static final String CUT = "tscollector.truncated";

    private static final int ROOM_FOR_CUT = 64;

    private final Telemetry telemetry;

    LogForm(Telemetry telemetry) {
        this.telemetry = telemetry;
    }

    @Override
    public String open() {
        return "[";
    }

    @Override
    public String close() {
        return "]";
    }

    @Override
    public void write(LogRecordData logRecord, RecordOrigin origin, WireBuffer out) {
        int start = out.size();
        Map<String, Object> fields = LogFields.of(logRecord, origin);
        write(fields, out);
        if (out.size() - start <= LONGEST) {
            return;
        }
        telemetry.count("logs cut", 1);
        if (cutMessage(fields, "message", start, out)) {
            return;
        }
        out.cut(start);
        Map<String, Object> fewest = LogFields.fewest(logRecord, origin);
        write(fewest, out);
        cutMessage(fewest, "attributes", start, out);
    }

    /** Writes it again with a shorter message; false if that cannot be short enough, and then nothing new is written. */
    private static boolean cutMessage(Map<String, Object> fields, String what, int start, WireBuffer out) {
        String message = String.valueOf(fields.get(LogFields.MESSAGE));
        int others = out.size() - start - JsonLength.of(message);
        int room = LONGEST - ROOM_FOR_CUT - others;
        if (room < 0) {
            return false;
        }
        fields.put(LogFields.MESSAGE, JsonLength.first(message, room));
        fields.put(CUT, what);
        out.cut(start);
        write(fields, out);
        return true;
    }

    private static void write(Map<String, Object> fields, WireBuffer out) {
        char before = '{';
        for (Map.Entry<String, Object> field : fields.entrySet()) {
            out.add(before).jsonText(field.getKey()).add(':');
            value(field.getValue(), out);
            before = ',';
        }
        out.add('}');
    }

    private static void value(Object value, WireBuffer out) {
        if (value instanceof Long number) {
            out.decimal(number);
        } else if (value instanceof Double number && Double.isFinite(number)) {
            out.jsonNumber(number);
        } else if (value instanceof Boolean truth) {
            out.ascii(truth.toString());
        } else if (value instanceof List<?> list) {
            char before = '[';
            for (Object item : list) {
                out.add(before);
                value(item, out);
                before = ',';
            }
            out.ascii(list.isEmpty() ? "[]" : "]");
        } else {
            out.jsonText(value.toString());
        }
    }
}
