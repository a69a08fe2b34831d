package tscollector.exporter.datadog;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.sdk.resources.Resource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tscollector.signal.LogBatch;
import tscollector.signal.LogGroup;
import tscollector.signal.LogRecord;
import tscollector.testkit.Batches;

/** Log records of one resource for tests. */
final class Records {
    private final List<LogRecord> records = new ArrayList<>();
    private final Resource resource;

    Records() {
        this(Resource.create(Batches.attributes("service.name", "torchserve")));
    }

    Records(Resource resource) {
        this.resource = resource;
    }

    /** A resource as receivers make it, with tags of the instance. */
    static Resource resource(String host, String... tags) {
        return Resource.create(Attributes.builder()
                .put("service.name", "torchserve")
                .put("datadog.host.name", host)
                .put(AttributeKey.stringArrayKey("datadog.tags"), Arrays.asList(tags))
                .build());
    }

    Records log(String message, String... attributes) {
        return add(Severity.INFO, message, Batches.attributes(attributes), "");
    }

    Records event(String name, String... attributes) {
        return add(Severity.INFO, "A sentence.", Batches.attributes(attributes), name);
    }

    Records add(Severity severity, String message, Attributes attributes, String eventName) {
        return addAt(Batches.TIME, severity, message, attributes, eventName);
    }

    Records addAt(long time, Severity severity, String message, Attributes attributes, String eventName) {
        records.add(
                new LogRecord(resource, Batches.SCOPE, time, time, severity, Value.of(message), attributes, eventName));
        return this;
    }

    LogBatch batch() {
        return new LogBatch(List.of(new LogGroup(resource, Batches.SCOPE, records)));
    }
}
