package tscollector.processor.naming;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import tscollector.config.ConfigValue;
import tscollector.config.ConfigValue.Mapping;
import tscollector.config.ConfigValue.Scalar;
import tscollector.kit.config.Nearest;

/** Reads one entry of {@code metrics} or {@code extra_metrics}: text (one name) or a map (one or several). */
final class EntryReader {
    /** As the official check decides it: whatever has another character is a regular expression. */
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_:]+");

    private static final List<String> DETAILS = List.of("name", "type", "scale", "status_map", "label");

    /** What people write for a type, and what they mean. */
    private static final Map<String, String> ALIASES = Map.of(
            "count", "counter",
            "monotonic_count", "counter",
            "monotonic_gauge", "counter_gauge",
            "distribution", "histogram",
            "untyped", "gauge");

    private static final Map<String, Long> SCALES =
            Map.of("second", 1L, "millisecond", 1_000L, "microsecond", 1_000_000L, "nanosecond", 1_000_000_000L);

    /** In the order of their numbers. */
    private static final List<String> STATES = List.of("ok", "warning", "critical", "unknown");

    private final List<MetricEntry> metrics = new ArrayList<>();
    private final Consumer<String> mistakes;

    private EntryReader(Consumer<String> mistakes) {
        this.mistakes = mistakes;
    }

    /** The names of one entry; each mistake is handed to {@code mistakes} as a sentence that follows the entry's path. */
    static List<MetricEntry> read(ConfigValue entry, Consumer<String> mistakes) {
        EntryReader reader = new EntryReader(mistakes);
        if (entry instanceof Scalar name && name.isString()) {
            reader.add(MetricEntry.of(name.text(), null, null, SentAs.NATIVE));
        } else if (entry instanceof Mapping mapping && !mapping.entries().isEmpty()) {
            mapping.entries().forEach(reader::readPair);
        } else {
            mistakes.accept("must be an exposed name, \"exposed: sent\", or \"exposed: {name, type}\"");
        }
        return reader.metrics;
    }

    /** Whether a text is a name and no expression. */
    static boolean isPlain(String text) {
        return PLAIN.matcher(text).matches();
    }

    private void readPair(String exposed, ConfigValue sent) {
        if (sent instanceof Scalar name && name.isString()) {
            add(MetricEntry.of(exposed, null, name.text(), SentAs.NATIVE));
        } else if (sent instanceof Mapping details) {
            readDetails(exposed, details.entries());
        } else {
            mistakes.accept("gives " + quoted(exposed) + " something that is neither a name nor {name, type}");
        }
    }

    private void readDetails(String exposed, Map<String, ConfigValue> details) {
        for (String key : details.keySet()) {
            if (!DETAILS.contains(key)) {
                mistakes.accept("has " + quoted(key) + " for " + quoted(exposed) + Nearest.suggestionOr(key, DETAILS));
            }
        }
        String name = text(details.get("name"));
        if (details.containsKey("name") && name == null) {
            mistakes.accept("needs text as the name of " + quoted(exposed));
        }
        SentAs sentAs = details.containsKey("type") ? type(exposed, details.get("type")) : SentAs.NATIVE;
        if (sentAs == null) {
            return;
        }
        long scale = sentAs == SentAs.TEMPORAL_PERCENT ? scale(exposed, details.get("scale")) : 1;
        Map<Long, Long> statuses =
                sentAs == SentAs.SERVICE_CHECK ? statuses(exposed, details.get("status_map")) : Map.of();
        if (scale > 0) {
            add(new MetricEntry(exposed, null, name, sentAs, scale, statuses));
        }
    }

    private @Nullable SentAs type(String exposed, @Nullable ConfigValue written) {
        String word = String.valueOf(text(written));
        if (word.equals("metadata")) {
            mistakes.accept("gives " + quoted(exposed)
                    + " the type \"metadata\", which fills the Agent's own inventory and is not carried; leave it out");
            return null;
        }
        List<String> known = new ArrayList<>();
        for (SentAs sentAs : SentAs.values()) {
            if (sentAs.word().equals(word)) {
                return sentAs;
            }
            known.add(sentAs.word());
        }
        known.sort(null);
        String meant = ALIASES.get(word);
        mistakes.accept("gives " + quoted(exposed) + " the type " + quoted(word) + ", which is no type"
                + (meant == null ? Nearest.suggestionOr(word, known) : Nearest.suggestionOr(meant, List.of(meant))));
        return null;
    }

    /** Parts of a second; 0 after a mistake. */
    private long scale(String exposed, @Nullable ConfigValue written) {
        if (written instanceof Scalar scalar) {
            Long unit = SCALES.get(scalar.text().toLowerCase(Locale.ROOT));
            if (unit != null) {
                return unit;
            }
            Long parts = scalar.isString() ? null : whole(scalar.text());
            if (parts != null && parts > 0) {
                return parts;
            }
        }
        mistakes.accept("needs a scale for " + quoted(exposed)
                + ": second, millisecond, microsecond, nanosecond, or how many parts a second has");
        return 0;
    }

    private Map<Long, Long> statuses(String exposed, @Nullable ConfigValue written) {
        if (!(written instanceof Mapping mapping) || mapping.entries().isEmpty()) {
            mistakes.accept("needs a status_map for " + quoted(exposed) + ", for instance {0: ok, 1: critical}");
            return Map.of();
        }
        Map<Long, Long> statuses = new LinkedHashMap<>();
        mapping.entries().forEach((value, state) -> {
            Long number = whole(value);
            int status =
                    STATES.indexOf(Objects.requireNonNullElse(text(state), "").toLowerCase(Locale.ROOT));
            if (number == null) {
                mistakes.accept("has " + quoted(value) + " in the status_map of " + quoted(exposed)
                        + "; values are whole numbers");
            } else if (status < 0) {
                mistakes.accept("gives " + quoted(value) + " in the status_map of " + quoted(exposed)
                        + " something that is no state; known are " + String.join(", ", STATES));
            } else {
                statuses.put(number, (long) status);
            }
        });
        return statuses;
    }

    private void add(MetricEntry entry) {
        String exposed = entry.exposed();
        if (exposed.isBlank() || (entry.sentName() != null && entry.sentName().isBlank())) {
            mistakes.accept("has an empty name");
            return;
        }
        try {
            Pattern pattern = isPlain(exposed) ? null : Pattern.compile(exposed);
            String sentName = pattern == null ? entry.sentName() : null;
            metrics.add(new MetricEntry(exposed, pattern, sentName, entry.sentAs(), entry.scale(), entry.statuses()));
        } catch (PatternSyntaxException e) {
            mistakes.accept(quoted(exposed) + " is not a regular expression: "
                    + e.getDescription().toLowerCase(Locale.ROOT));
        }
    }

    private static @Nullable String text(@Nullable ConfigValue value) {
        return value instanceof Scalar scalar && scalar.isString() ? scalar.text() : null;
    }

    private static @Nullable Long whole(String text) {
        try {
            return Long.valueOf(text.strip());
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }
}
