package tscollector.reshape;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.common.ValueType;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tscollector.reshape.MatchConfig.Attribute;
import tscollector.reshape.MatchConfig.Library;
import tscollector.reshape.MatchConfig.MatchType;
import tscollector.reshape.MatchConfig.SeverityNumber;
import tscollector.signal.LogRecord;
import tscollector.signal.Metric;

/**
 * Which points and records a processor works on: those that {@code include} matches, or all without one, but for those that
 * {@code exclude} matches. Names and attributes decide, never the value of a point. Immutable.
 */
public final class Selection {
    private final @Nullable Matcher include;
    private final @Nullable Matcher exclude;

    private Selection(@Nullable Matcher include, @Nullable Matcher exclude) {
        this.include = include;
        this.exclude = exclude;
    }

    /** The selection as configured; only of sections without mistakes. */
    public static Selection of(@Nullable MatchConfig include, @Nullable MatchConfig exclude) {
        return new Selection(
                include == null ? null : new Matcher(include), exclude == null ? null : new Matcher(exclude));
    }

    /** Whether a point of the metric with these attributes is among them. */
    public boolean has(Metric metric, Attributes attributes) {
        return (include == null || include.matches(metric, attributes))
                && (exclude == null || !exclude.matches(metric, attributes));
    }

    /** Whether the record is among them. */
    public boolean has(LogRecord logRecord) {
        return (include == null || include.matches(logRecord)) && (exclude == null || !exclude.matches(logRecord));
    }

    /** One section, compiled: all that it names must match. */
    private static final class Matcher {
        private record AttributeEntry(String key, @Nullable Predicate<String> value) {}

        private record LibraryEntry(
                Predicate<String> name, @Nullable String version) {}

        private final List<Predicate<String>> metricNames;
        private final List<AttributeEntry> attributes;
        private final List<AttributeEntry> resources;
        private final List<LibraryEntry> libraries = new ArrayList<>();
        private final List<Predicate<String>> bodies;
        private final List<Predicate<String>> severityTexts;
        private final @Nullable SeverityNumber severity;

        private Matcher(MatchConfig config) {
            boolean isRegexp = config.matchType() == MatchType.REGEXP;
            this.metricNames = texts(config.metricNames(), isRegexp);
            this.attributes = entries(config.attributes(), isRegexp);
            this.resources = entries(config.resources(), isRegexp);
            for (Library library : config.libraries()) {
                libraries.add(new LibraryEntry(text(library.name(), isRegexp), library.version()));
            }
            this.bodies = texts(config.logBodies(), isRegexp);
            this.severityTexts = texts(config.logSeverityTexts(), isRegexp);
            this.severity = config.logSeverityNumber();
        }

        private boolean matches(Metric metric, Attributes point) {
            boolean isForRecords = !bodies.isEmpty() || !severityTexts.isEmpty() || severity != null;
            return !isForRecords
                    && matchesAny(metricNames, metric.name())
                    && matchesSource(metric.resource(), metric.scope())
                    && hasAll(point);
        }

        private boolean matches(LogRecord logRecord) {
            return metricNames.isEmpty()
                    && matchesAny(bodies, body(logRecord))
                    && matchesAny(severityTexts, logRecord.getSeverityText())
                    && matchesSeverity(logRecord.severity())
                    && matchesSource(logRecord.resource(), logRecord.scope())
                    && hasAll(logRecord.attributes());
        }

        private boolean matchesSource(Resource resource, InstrumentationScopeInfo scope) {
            boolean hasResource =
                    resources.isEmpty() || resources.stream().anyMatch(entry -> has(entry, resource.getAttributes()));
            return hasResource && (libraries.isEmpty() || libraries.stream().anyMatch(entry -> is(entry, scope)));
        }

        private boolean matchesSeverity(Severity found) {
            if (severity == null) {
                return true;
            }
            return found == Severity.UNDEFINED_SEVERITY_NUMBER
                    ? severity.matchUndefined()
                    : found.getSeverityNumber() >= severity.min();
        }

        private boolean hasAll(Attributes candidates) {
            return attributes.stream().allMatch(entry -> has(entry, candidates));
        }

        private static boolean is(LibraryEntry entry, InstrumentationScopeInfo scope) {
            String version = scope.getVersion() == null ? "" : scope.getVersion();
            return entry.name().test(scope.getName()) && (entry.version() == null || version.equals(entry.version()));
        }

        private static boolean has(AttributeEntry entry, Attributes candidates) {
            for (Map.Entry<AttributeKey<?>, Object> attribute :
                    candidates.asMap().entrySet()) {
                if (attribute.getKey().getKey().equals(entry.key())) {
                    return entry.value() == null || matchesValue(entry.value(), attribute.getValue());
                }
            }
            return false;
        }

        private static boolean matchesValue(Predicate<String> value, Object found) {
            if (found instanceof List<?> elements) {
                return elements.stream().anyMatch(element -> value.test(element.toString()));
            }
            return value.test(found instanceof Value<?> structured ? structured.asString() : found.toString());
        }

        /** Whether one of them matches, or there are none. */
        private static boolean matchesAny(List<Predicate<String>> wanted, @Nullable String text) {
            return wanted.isEmpty() || (text != null && wanted.stream().anyMatch(predicate -> predicate.test(text)));
        }

        private static @Nullable String body(LogRecord logRecord) {
            Value<?> body = logRecord.body();
            return body != null && body.getType() == ValueType.STRING ? body.asString() : null;
        }

        private static List<AttributeEntry> entries(List<Attribute> written, boolean isRegexp) {
            List<AttributeEntry> entries = new ArrayList<>();
            for (Attribute attribute : written) {
                String text = attribute.text();
                entries.add(new AttributeEntry(attribute.key(), text == null ? null : text(text, isRegexp)));
            }
            return entries;
        }

        private static List<Predicate<String>> texts(List<String> written, boolean isRegexp) {
            return written.stream().map(text -> text(text, isRegexp)).toList();
        }

        private static Predicate<String> text(String text, boolean isRegexp) {
            return isRegexp ? Pattern.compile(text).asPredicate() : text::equals;
        }
    }
}
