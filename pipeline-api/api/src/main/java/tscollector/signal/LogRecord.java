package tscollector.signal;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.resources.Resource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One log record or event: the SDK's {@link LogRecordData} without its internal classes.
 *
 * @param resource the group's own instance
 * @param scope the group's own instance
 * @param timestampEpochNanos when it happened
 * @param observedTimestampEpochNanos when this process saw it
 * @param body null for events that say all in their attributes
 * @param eventName empty for records that are no events
 */
public record LogRecord(
        Resource resource,
        InstrumentationScopeInfo scope,
        long timestampEpochNanos,
        long observedTimestampEpochNanos,
        Severity severity,
        @Nullable Value<?> body,
        Attributes attributes,
        String eventName)
        implements LogRecordData {

    public LogRecord {
        Objects.requireNonNull(resource, "resource");
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(attributes, "attributes");
        Objects.requireNonNull(eventName, "eventName");
    }

    public LogRecord withResource(Resource newResource) {
        return new LogRecord(
                newResource,
                scope,
                timestampEpochNanos,
                observedTimestampEpochNanos,
                severity,
                body,
                attributes,
                eventName);
    }

    public LogRecord withAttributes(Attributes newAttributes) {
        return new LogRecord(
                resource,
                scope,
                timestampEpochNanos,
                observedTimestampEpochNanos,
                severity,
                body,
                newAttributes,
                eventName);
    }

    @Override
    public Resource getResource() {
        return resource;
    }

    @Override
    public InstrumentationScopeInfo getInstrumentationScopeInfo() {
        return scope;
    }

    @Override
    public long getTimestampEpochNanos() {
        return timestampEpochNanos;
    }

    @Override
    public long getObservedTimestampEpochNanos() {
        return observedTimestampEpochNanos;
    }

    @Override
    public SpanContext getSpanContext() {
        return SpanContext.getInvalid();
    }

    @Override
    public Severity getSeverity() {
        return severity;
    }

    @Override
    public @Nullable String getSeverityText() {
        return severity == Severity.UNDEFINED_SEVERITY_NUMBER ? null : severity.name();
    }

    /** The body as text; the SDK still asks for it, everything else reads {@link #getBodyValue()}. */
    @Override
    @Deprecated
    @SuppressWarnings("deprecation") // the interface has it without a default
    public io.opentelemetry.sdk.logs.data.Body getBody() {
        return body == null
                ? io.opentelemetry.sdk.logs.data.Body.empty()
                : io.opentelemetry.sdk.logs.data.Body.string(body.asString());
    }

    @Override
    public @Nullable Value<?> getBodyValue() {
        return body;
    }

    @Override
    public Attributes getAttributes() {
        return attributes;
    }

    @Override
    public int getTotalAttributeCount() {
        return attributes.size();
    }

    @Override
    public @Nullable String getEventName() {
        return eventName.isEmpty() ? null : eventName;
    }
}
