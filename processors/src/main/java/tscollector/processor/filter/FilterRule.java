package tscollector.processor.filter;

import io.opentelemetry.api.common.Attributes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tscollector.processor.filter.FilterConfig.LogRule;
import tscollector.processor.filter.FilterConfig.MetricRule;
import tscollector.reshape.AttributeMatch;
import tscollector.reshape.MatchType;

/**
 * One list of entries, compiled, for metrics and log records alike. Any entry that matches is enough; which one it was is told by
 * its path, for instance {@code metrics.exclude.metric_names[0]}. Immutable.
 */
final class FilterRule {
    private record NameEntry(String path, Predicate<String> name) {}

    private record AttributeEntry(String path, Predicate<Attributes> attributes) {}

    private final List<NameEntry> names = new ArrayList<>();
    private final List<AttributeEntry> attributes = new ArrayList<>();
    private final List<AttributeEntry> resourceAttributes = new ArrayList<>();

    private FilterRule() {}

    /** @param path of the rule, for instance {@code metrics.exclude} */
    static @Nullable FilterRule of(String path, @Nullable MetricRule written) {
        if (written == null) {
            return null;
        }
        FilterRule rule = new FilterRule();
        rule.addNames(path + ".metric_names", written.metricNames(), written.matchType());
        rule.addAttributes(rule.attributes, path + ".attributes", written.attributes(), written.matchType());
        rule.addAttributes(
                rule.resourceAttributes,
                path + ".resource_attributes",
                written.resourceAttributes(),
                written.matchType());
        return rule;
    }

    /** @param path of the rule, for instance {@code logs.exclude} */
    static @Nullable FilterRule of(String path, @Nullable LogRule written) {
        if (written == null) {
            return null;
        }
        FilterRule rule = new FilterRule();
        rule.addNames(path + ".event_names", written.eventNames(), written.matchType());
        rule.addAttributes(
                rule.attributes, path + ".record_attributes", written.recordAttributes(), written.matchType());
        rule.addAttributes(
                rule.resourceAttributes,
                path + ".resource_attributes",
                written.resourceAttributes(),
                written.matchType());
        return rule;
    }

    /** The path of the entry that matches the name; null if none does. An empty name is none. */
    @Nullable
    String matchingName(String name) {
        for (NameEntry entry : names) {
            if (!name.isEmpty() && entry.name.test(name)) {
                return entry.path;
            }
        }
        return null;
    }

    /** The path of the entry that matches attributes of a point or record; null if none does. */
    @Nullable
    String matchingAttribute(Attributes candidates) {
        return matching(attributes, candidates);
    }

    /** The path of the entry that matches attributes of the Resource; null if none does. */
    @Nullable
    String matchingResource(Attributes candidates) {
        return matching(resourceAttributes, candidates);
    }

    private static @Nullable String matching(List<AttributeEntry> entries, Attributes candidates) {
        for (AttributeEntry entry : entries) {
            if (entry.attributes.test(candidates)) {
                return entry.path;
            }
        }
        return null;
    }

    private void addNames(String path, List<String> texts, MatchType matchType) {
        for (int i = 0; i < texts.size(); i++) {
            names.add(new NameEntry(path + "[" + i + "]", matchType.predicate(texts.get(i))));
        }
    }

    private void addAttributes(
            List<AttributeEntry> entries, String path, List<AttributeMatch> written, MatchType matchType) {
        for (int i = 0; i < written.size(); i++) {
            entries.add(new AttributeEntry(path + "[" + i + "]", written.get(i).predicate(matchType)));
        }
    }
}
