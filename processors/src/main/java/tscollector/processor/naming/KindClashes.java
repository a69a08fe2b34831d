package tscollector.processor.naming;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tscollector.config.Problems;
import tscollector.signal.MetricSpec;

/**
 * Finds entries of {@code metrics} and {@code extra_metrics} that give one sent name to two kinds, as far as the configuration alone shows it: the
 * kind of an official metric is known, that of another one only if its {@code type} says so.
 */
final class KindClashes {
    private record Owner(String exposed, String kind) {}

    /** An entry's names, and where it stands. */
    private record Listed(String path, MetricEntry metric) {}

    private final boolean withOfficial;
    private final List<Listed> listed = new ArrayList<>();
    private final Map<String, Owner> ownerOf = new HashMap<>();

    /**
     * Nothing is listed yet.
     *
     * @param withOfficial whether the official metrics are sent too
     */
    KindClashes(boolean withOfficial) {
        this.withOfficial = withOfficial;
    }

    /** Notes the names of the entry at {@code path}. */
    void add(String path, List<MetricEntry> metrics) {
        metrics.forEach(metric -> listed.add(new Listed(path, metric)));
    }

    /** Adds each clash to the problems. */
    void find(Problems problems) {
        Set<OfficialMetric> replaced = new HashSet<>();
        listed.forEach(each -> {
            OfficialMetric official = NamingRules.official(each.metric().exposed());
            if (official != null) {
                replaced.add(official);
            }
        });
        for (OfficialMetric official : OfficialMetric.values()) {
            if (withOfficial && !replaced.contains(official)) {
                clash(official.exposedName(), kinds(official.sentName(), word(official.kind())));
            }
        }
        Map<String, Listed> last = new LinkedHashMap<>(); // of two entries for one name the last counts
        listed.forEach(each -> {
            last.remove(each.metric().exposed());
            last.put(each.metric().exposed(), each);
        });
        for (Listed each : last.values()) {
            String mistake = clash(each.metric().exposed(), kinds(each.metric()));
            problems.check(each.path(), mistake.isEmpty(), mistake);
        }
    }

    private String clash(String exposed, Map<String, String> kinds) {
        for (Map.Entry<String, String> entry : kinds.entrySet()) {
            Owner owner = ownerOf.putIfAbsent(entry.getKey(), new Owner(exposed, entry.getValue()));
            if (owner != null && !owner.kind().equals(entry.getValue())) {
                return "sends \"" + exposed + "\" as " + OfficialMetric.PREFIX + entry.getKey() + ", a "
                        + entry.getValue() + "; \"" + owner.exposed() + "\" is a " + owner.kind()
                        + " under that name already";
            }
        }
        return "";
    }

    /** Sent name to kind, for the kinds that are certain. */
    private static Map<String, String> kinds(MetricEntry metric) {
        if (metric.pattern() != null) {
            return Map.of();
        }
        String sentName = metric.sentName() == null ? metric.exposed() : metric.sentName();
        OfficialMetric official = NamingRules.official(metric.exposed());
        return switch (metric.sentAs()) {
            case NATIVE, NATIVE_DYNAMIC -> official == null ? Map.of() : kinds(sentName, word(official.kind()));
            case GAUGE, COUNTER, HISTOGRAM, SUMMARY ->
                kinds(sentName, metric.sentAs().word());
            case RATE, TEMPORAL_PERCENT, TIME_ELAPSED -> kinds(sentName, "gauge");
            case SERVICE_CHECK -> Map.of(); // among the checks names are their own
            case COUNTER_GAUGE ->
                Map.of(sentName + SentAs.TOTAL_SUFFIX, "gauge", sentName + SentAs.COUNTER_SUFFIX, "counter");
        };
    }

    private static Map<String, String> kinds(String sentName, String kind) {
        return Map.of(kind.equals("counter") ? sentName + SentAs.COUNTER_SUFFIX : sentName, kind);
    }

    private static String word(MetricSpec.Kind kind) {
        return kind == MetricSpec.Kind.COUNTER ? "counter" : "gauge";
    }
}
