package tscollector.exporter.file;

import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** The frame that OTLP requests of all signals have: resources, in them scopes, in them what the signal carries. */
final class JsonRequest {
    private final JsonGenerator json;
    private final String signal;
    private @Nullable Resource open;

    private JsonRequest(JsonGenerator json, String signal) {
        this.json = json;
        this.signal = signal;
    }

    /**
     * Begins a request.
     *
     * @param signal as it ends the frame's names, for instance {@code Metrics} in {@code resourceMetrics}
     */
    static JsonRequest begin(JsonGenerator json, String signal) {
        json.writeStartObject();
        json.writeArrayPropertyStart("resource" + signal);
        return new JsonRequest(json, signal);
    }

    /** Writes one scope; under the same head as the one before if both have the same Resource instance, as groups of one server do. */
    void scope(Resource resource, InstrumentationScopeInfo scope, String items, Runnable writeItems) {
        if (resource != open) {
            closeResource();
            open = resource;
            json.writeStartObject();
            JsonValues.writeResource(json, resource);
            json.writeArrayPropertyStart("scope" + signal);
        }
        json.writeStartObject();
        JsonValues.writeScope(json, scope);
        json.writeArrayPropertyStart(items);
        writeItems.run();
        json.writeEndArray();
        json.writeEndObject();
    }

    void end() {
        closeResource();
        json.writeEndArray();
        json.writeEndObject();
    }

    private void closeResource() {
        if (open != null) {
            json.writeEndArray();
            json.writeEndObject();
        }
    }
}
