package tscollector.exporter.datadog;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One event for {@code /api/v1/events}, which takes one a request. */
final class EventForm implements RecordCargo.Form {
    /** Code points that Datadog keeps of a text. */
    static final int LONGEST_TEXT = 4000;

    /** Of a title; the limit that v2 of the same interface states. */
    static final int LONGEST_TITLE = 500;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final Tags tags;

    EventForm(Tags tags) {
        this.tags = tags;
    }

    @Override
    public String open() {
        return "";
    }

    @Override
    public String close() {
        return "";
    }

    @Override
    public void write(LogRecordData logRecord, RecordOrigin origin, WireBuffer out) {
        EventText text = EventText.of(logRecord);
        out.ascii("{\"title\":").jsonText(firstCodePoints(text.title(), LONGEST_TITLE));
        out.ascii(",\"text\":").jsonText(firstCodePoints(text.text(), LONGEST_TEXT));
        out.ascii(",\"date_happened\":").decimal(Math.floorDiv(RecordOrigin.time(logRecord), NANOS_PER_SECOND));
        if (!origin.eventHost().isEmpty()) {
            out.ascii(",\"host\":").jsonText(origin.eventHost());
        }
        out.ascii(",\"tags\":");
        JsonSeries.tags(tagsOf(logRecord, origin), out);
        out.ascii(",\"alert_type\":").jsonText(text.alertType());
        out.ascii(",\"source_type_name\":\"torchserve\"}");
    }

    /** Of the model's events the tags that the Agent's check gives them; of others all attributes. */
    private Collection<String> tagsOf(LogRecordData logRecord, RecordOrigin origin) {
        Attributes attributes = logRecord.getAttributes();
        if (!EventText.isOfModel(logRecord)) {
            return tags.of(origin.tags(), attributes, Set.of());
        }
        AttributesBuilder official = Attributes.builder();
        copy(attributes.get(EventText.MANAGEMENT_API_URL), "management_api_url", official);
        copy(attributes.get(EventText.MODEL), "model_name", official);
        return tags.of(origin.tags(), official.build(), Set.of());
    }

    private static void copy(@Nullable String value, String tag, AttributesBuilder to) {
        if (value != null) {
            to.put(tag, value);
        }
    }

    private static String firstCodePoints(String text, int most) {
        return text.codePointCount(0, text.length()) <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most));
    }
}
