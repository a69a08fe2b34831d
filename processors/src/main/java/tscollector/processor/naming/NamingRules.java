package tscollector.processor.naming;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tscollector.kit.metric.Form;
import tscollector.signal.ExposedType;
import tscollector.signal.Metric;

/**
 * Which exposed metrics are sent, and as what. Asked in this order: a name the user lists, an official name, then the user's
 * regular expressions as they were written, each searched anywhere in the name. A counter is looked up without {@code _total},
 * then with it; when strict, only without. Immutable.
 */
final class NamingRules {
    private static final String TOTAL = "_total";
    private static final Set<String> PARTS = Set.of("_bucket", "_sum", "_count");
    private static final Map<String, OfficialMetric> OFFICIAL = officialByFamily();

    private final Map<String, MetricEntry> byName = new HashMap<>(); // of two entries for one name the last counts
    private final List<MetricEntry> patterns = new ArrayList<>();
    private final Map<String, OfficialMetric> official;
    private final Excluded excluded;
    private final String prefix;
    private final boolean strict;

    /**
     * What an exposed metric is sent as.
     *
     * @param sentName without prefix
     * @param official the official metric; null for one of the user's
     */
    record Listing(
            MetricEntry entry, String sentName, @Nullable OfficialMetric official) {}

    /**
     * Families that are not sent at all.
     *
     * @param names exact names
     * @param patterns expressions, searched in the name
     */
    record Excluded(Set<String> names, List<Pattern> patterns) {
        /** What the user lists: each text is an exact name, and an expression unless it has no other character. */
        static Excluded of(List<String> written) {
            return new Excluded(
                    Set.copyOf(written),
                    written.stream()
                            .filter(text -> !EntryReader.isPlain(text))
                            .map(Pattern::compile)
                            .toList());
        }
    }

    /**
     * The rules.
     *
     * @param entries the user's, in order
     * @param withOfficial whether the official metrics are sent too
     * @param prefix what is cut from exposed names before anything looks at them
     */
    NamingRules(List<MetricEntry> entries, boolean withOfficial, Excluded excluded, String prefix, boolean strict) {
        for (MetricEntry metric : entries) {
            if (metric.pattern() == null) {
                byName.put(metric.exposed(), metric);
            } else {
                patterns.add(metric);
            }
        }
        this.official = withOfficial ? OFFICIAL : Map.of();
        this.excluded = excluded;
        this.prefix = prefix;
        this.strict = strict;
    }

    boolean isStrict() {
        return strict;
    }

    /** The name by which a metric is looked up and excluded: without prefix, a counter's without {@code _total}. */
    String familyOf(Metric metric, ExposedType exposed) {
        boolean isInfo = exposed == ExposedType.UNTYPED && metric.name().equals(metric.family() + "_info");
        String name = withoutPrefix(isInfo || isPart(metric, exposed) ? metric.family() : metric.name());
        return exposed == ExposedType.COUNTER ? withoutTotal(name) : name;
    }

    /** Of a histogram or summary in parts what this part is, {@code _bucket} for instance; else empty. */
    String partOf(Metric metric, ExposedType exposed) {
        return isPart(metric, exposed) ? metric.name().substring(metric.family().length()) : "";
    }

    /** Whether the prefix was cut from this metric's name. */
    boolean hasPrefix(Metric metric) {
        return !prefix.isEmpty() && metric.name().startsWith(prefix);
    }

    boolean isExcluded(String family) {
        return excluded.names().contains(family) || Search.findsAny(excluded.patterns(), family);
    }

    /** How a family is sent; null if it is not listed. */
    @Nullable
    Listing listing(String family, ExposedType exposed) {
        boolean bothNames = exposed == ExposedType.COUNTER && !strict;
        MetricEntry entry = byName.get(family);
        if (entry == null && bothNames) {
            entry = byName.get(family + TOTAL);
        }
        if (entry != null) {
            return new Listing(entry, entry.sentName() == null ? family : entry.sentName(), null);
        }
        OfficialMetric known = official.get(family);
        if (known != null) {
            return new Listing(MetricEntry.of(family, null, known.sentName(), SentAs.NATIVE), known.sentName(), known);
        }
        for (MetricEntry candidate : patterns) {
            Pattern pattern = candidate.pattern();
            if (pattern != null
                    && (Search.finds(pattern, family) || (bothNames && Search.finds(pattern, family + TOTAL)))) {
                return new Listing(candidate, family, null);
            }
        }
        return null;
    }

    /** The official metric that an exposed name, with or without {@code _total}, means; null if none. */
    static @Nullable OfficialMetric official(String exposedName) {
        return OFFICIAL.get(withoutTotal(exposedName));
    }

    private static boolean isPart(Metric metric, ExposedType exposed) {
        return (exposed == ExposedType.HISTOGRAM || exposed == ExposedType.SUMMARY)
                && Form.of(metric).isNumber()
                && metric.name().startsWith(metric.family())
                && PARTS.contains(metric.name().substring(metric.family().length()));
    }

    private String withoutPrefix(String name) {
        return name.startsWith(prefix) ? name.substring(prefix.length()) : name;
    }

    private static String withoutTotal(String name) {
        return name.endsWith(TOTAL) ? name.substring(0, name.length() - TOTAL.length()) : name;
    }

    private static Map<String, OfficialMetric> officialByFamily() {
        Map<String, OfficialMetric> all = new LinkedHashMap<>();
        for (OfficialMetric metric : OfficialMetric.values()) {
            all.put(withoutTotal(metric.exposedName()), metric);
        }
        return all;
    }
}
