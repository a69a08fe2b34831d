package tscollector.processor.filter;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.resources.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Decides what passes: what {@code include} has an entry for, or everything if there is no include, unless {@code exclude} has an
 * entry for it. Immutable.
 *
 * @param signal {@code metrics} or {@code logs}, for the reason
 */
record Verdict(
        String signal,
        @Nullable FilterRule include,
        @Nullable FilterRule exclude) {
    /** Why an item is dropped, one of few texts; null if it passes. */
    @Nullable
    String reasonToDrop(Resource resource, String name, Attributes attributes) {
        if (exclude != null) {
            String path = matching(exclude, resource, name, attributes);
            if (path != null) {
                return "filter: " + path;
            }
        }
        if (include != null && matching(include, resource, name, attributes) == null) {
            return "not in " + signal + ".include";
        }
        return null;
    }

    private static @Nullable String matching(FilterRule rule, Resource resource, String name, Attributes attributes) {
        String path = rule.matchingName(name);
        if (path == null) {
            path = rule.matchingResource(resource.getAttributes());
        }
        return path == null ? rule.matchingAttribute(attributes) : path;
    }
}
