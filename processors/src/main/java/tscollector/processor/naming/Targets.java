package tscollector.processor.naming;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.resources.Resource;
import tscollector.signal.MetricBatch;

/** Tells targets apart: one run of a receiver for one target is one batch. */
final class Targets {
    private static final AttributeKey<String> INSTANCE = AttributeKey.stringKey("service.instance.id");

    private Targets() {}

    /** What the target of a batch is known by: its instance, else its Resource. */
    static Object of(MetricBatch batch) {
        return of(batch.groups().get(0).resource());
    }

    /** The same for a Resource of a group. */
    static Object of(Resource resource) {
        String instance = resource.getAttribute(INSTANCE);
        return instance == null ? resource : instance;
    }
}
