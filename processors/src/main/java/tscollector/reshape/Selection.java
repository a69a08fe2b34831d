package tscollector.reshape;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.common.ValueType;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tscollector.reshape.MatchConfig.Library;
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
        private record LibraryEntry(
                Predicate<String> name, @Nullable String version) {}

        private final List<Predicate<String>> metricNames;
        private final List<Predicate<Attributes>> attributes;
        private final List<Predicate<Attributes>> resources;
        private final List<LibraryEntry> libraries = new ArrayList<>();
        private final List<Predicate<String>> bodies;
        private final List<Predicate<String>> severityTexts;
        private final @Nullable SeverityNumber severity;

        private Matcher(MatchConfig config) {
            MatchType type = config.texts();
            this.metricNames = type.predicates(config.metricNames());
            this.attributes = predicates(config.attributes(), type);
            this.resources = predicates(config.resources(), type);
            for (Library library : config.libraries()) {
                libraries.add(new LibraryEntry(type.predicate(library.name()), library.version()));
            }
            this.bodies = type.predicates(config.logBodies());
            this.severityTexts = type.predicates(config.logSeverityTexts());
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
                    resources.isEmpty() || resources.stream().anyMatch(entry -> entry.test(resource.getAttributes()));
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
            return attributes.stream().allMatch(entry -> entry.test(candidates));
        }

        private static boolean is(LibraryEntry entry, InstrumentationScopeInfo scope) {
            String version = scope.getVersion() == null ? "" : scope.getVersion();
            return entry.name().test(scope.getName()) && (entry.version() == null || version.equals(entry.version()));
        }

        /** Whether one of them matches, or there are none. */
        private static boolean matchesAny(List<Predicate<String>> wanted, @Nullable String text) {
            return wanted.isEmpty() || (text != null && wanted.stream().anyMatch(predicate -> predicate.test(text)));
        }

        private static @Nullable String body(LogRecord logRecord) {
            Value<?> body = logRecord.body();
            return body != null && body.getType() == ValueType.STRING ? body.asString() : null;
        }

        private static List<Predicate<Attributes>> predicates(List<AttributeMatch> written, MatchType type) {
            return written.stream().map(attribute -> attribute.predicate(type)).toList();
        }
    }
}
