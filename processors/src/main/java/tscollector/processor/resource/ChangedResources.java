package tscollector.processor.resource;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.resources.Resource;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import tscollector.reshape.ActionConfig;
import tscollector.reshape.AttributeActions;

/**
 * The Resources that the actions make: one instance per input Resource, for as long as somebody uses it. Both sides are held
 * weakly, since targets come and go. Thread-safe.
 */
final class ChangedResources {
    private final AttributeActions actions;
    private final Map<Resource, WeakReference<Resource>> changed = new WeakHashMap<>(); // guarded by this

    ChangedResources(List<ActionConfig> actions) {
        this.actions = new AttributeActions(actions);
    }

    /** The Resource after the actions; the same instance if they change nothing. */
    synchronized Resource of(Resource resource) {
        WeakReference<Resource> reference = changed.get(resource);
        Resource known = reference == null ? null : reference.get();
        if (known == null) {
            Attributes after = actions.apply(resource.getAttributes());
            known = after == resource.getAttributes() ? resource : Resource.create(after, resource.getSchemaUrl());
            changed.put(resource, new WeakReference<>(known));
        }
        return known;
    }
}
