package tscollector.processor.naming;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import tscollector.config.ConfigValue;
import tscollector.config.ConfigValue.Mapping;
import tscollector.config.ConfigValue.Scalar;

/**
 * One name that {@code extra_metrics} lists. An entry of the list is text (one name) or a map (one or several).
 *
 * @param exposed the exposed name, or a regular expression
 * @param pattern the expression, compiled; null for a plain name
 * @param sentName without prefix; null where each metric keeps its own
 * @param sentAs how it is sent
 */
record ExtraMetric(
        String exposed, @Nullable Pattern pattern, @Nullable String sentName, SentAs sentAs) {
    /** As the official check decides it: whatever has another character is a regular expression. */
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_:]+");

    /** What the official check can do and this version cannot. */
    private static final Set<String> NOT_YET =
            Set.of("rate", "temporal_percent", "time_elapsed", "service_check", "metadata");

    /** The names of one entry; each mistake is handed to {@code mistakes} as a sentence that follows the entry's path. */
    static List<ExtraMetric> read(ConfigValue entry, Consumer<String> mistakes) {
        List<ExtraMetric> metrics = new ArrayList<>();
        if (entry instanceof Scalar name && name.isString()) {
            addTo(metrics, name.text(), null, SentAs.NATIVE, mistakes);
        } else if (entry instanceof Mapping mapping && !mapping.entries().isEmpty()) {
            mapping.entries().forEach((exposed, sent) -> readPair(metrics, exposed, sent, mistakes));
        } else {
            mistakes.accept("must be an exposed name, \"exposed: sent\", or \"exposed: {name, type}\"");
        }
        return metrics;
    }

    private static void readPair(
            List<ExtraMetric> metrics, String exposed, ConfigValue sent, Consumer<String> mistakes) {
        if (sent instanceof Scalar name && name.isString()) {
            addTo(metrics, exposed, name.text(), SentAs.NATIVE, mistakes);
        } else if (sent instanceof Mapping details) {
            readDetails(metrics, exposed, details.entries(), mistakes);
        } else {
            mistakes.accept("gives " + quoted(exposed) + " something that is neither a name nor {name, type}");
        }
    }

    private static void readDetails(
            List<ExtraMetric> metrics, String exposed, Map<String, ConfigValue> details, Consumer<String> mistakes) {
        for (String key : details.keySet()) {
            if (!key.equals("name") && !key.equals("type")) {
                mistakes.accept("has " + quoted(key) + " for " + quoted(exposed) + "; known are name, type");
            }
        }
        String name = text(details.get("name"));
        if (details.containsKey("name") && name == null) {
            mistakes.accept("needs text as the name of " + quoted(exposed));
        }
        SentAs sentAs = details.containsKey("type") ? type(exposed, details.get("type"), mistakes) : SentAs.NATIVE;
        if (sentAs != null) {
            addTo(metrics, exposed, name, sentAs, mistakes);
        }
    }

    private static @Nullable SentAs type(String exposed, @Nullable ConfigValue written, Consumer<String> mistakes) {
        String word = text(written);
        Set<String> known = new TreeSet<>();
        for (SentAs sentAs : SentAs.values()) {
            if (sentAs.word().equals(word)) {
                return sentAs;
            }
            known.add(sentAs.word());
        }
        String problem =
                NOT_YET.contains(String.valueOf(word)) ? "which this version does not make" : "which is no type";
        mistakes.accept("gives " + quoted(exposed) + " the type " + quoted(String.valueOf(word)) + ", " + problem
                + "; known are " + String.join(", ", known));
        return null;
    }

    private static void addTo(
            List<ExtraMetric> metrics,
            String exposed,
            @Nullable String sentName,
            SentAs sentAs,
            Consumer<String> mistakes) {
        if (exposed.isBlank() || (sentName != null && sentName.isBlank())) {
            mistakes.accept("has an empty name");
            return;
        }
        try {
            Pattern pattern = PLAIN.matcher(exposed).matches() ? null : Pattern.compile(exposed);
            metrics.add(new ExtraMetric(exposed, pattern, pattern == null ? sentName : null, sentAs));
        } catch (PatternSyntaxException e) {
            mistakes.accept(quoted(exposed) + " is not a regular expression: "
                    + e.getDescription().toLowerCase(Locale.ROOT));
        }
    }

    private static @Nullable String text(@Nullable ConfigValue value) {
        return value instanceof Scalar scalar && scalar.isString() ? scalar.text() : null;
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }
}
