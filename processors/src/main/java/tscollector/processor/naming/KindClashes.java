package tscollector.processor.naming;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import tscollector.signal.MetricSpec;

/**
 * Finds entries of {@code extra_metrics} that give one sent name to two kinds, as far as the configuration alone shows it: the
 * kind of an official metric is known, that of another one only if its {@code type} says so.
 */
final class KindClashes {
    private record Owner(String exposed, String kind) {}

    private final Map<String, Owner> ownerOf = new HashMap<>();

    /** Hands each clash to {@code mistakes}: the position of the entry in the list, and a sentence that follows its path. */
    static void find(List<List<ExtraMetric>> entries, BiConsumer<Integer, String> mistakes) {
        KindClashes clashes = new KindClashes();
        Set<OfficialMetric> replaced = new HashSet<>();
        entries.forEach(metrics -> metrics.forEach(metric -> {
            OfficialMetric official = NamingRules.official(metric.exposed());
            if (official != null) {
                replaced.add(official);
            }
        }));
        for (OfficialMetric official : OfficialMetric.values()) {
            if (!replaced.contains(official)) {
                clashes.add(official.exposedName(), kinds(official.sentName(), word(official.kind())));
            }
        }
        for (int i = 0; i < entries.size(); i++) {
            for (ExtraMetric metric : entries.get(i)) {
                String mistake = clashes.add(metric.exposed(), kinds(metric));
                if (!mistake.isEmpty()) {
                    mistakes.accept(i, mistake);
                }
            }
        }
    }

    private String add(String exposed, Map<String, String> kinds) {
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
    private static Map<String, String> kinds(ExtraMetric metric) {
        if (metric.pattern() != null) {
            return Map.of();
        }
        String sentName = metric.sentName() == null ? metric.exposed() : metric.sentName();
        OfficialMetric official = NamingRules.official(metric.exposed());
        return switch (metric.sentAs()) {
            case NATIVE, NATIVE_DYNAMIC -> official == null ? Map.of() : kinds(sentName, word(official.kind()));
            case GAUGE, COUNTER, HISTOGRAM, SUMMARY ->
                kinds(sentName, metric.sentAs().word());
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
