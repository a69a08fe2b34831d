package tscollector.processor.naming;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tscollector.reshape.Target;
import tscollector.signal.ExposedType;
import tscollector.signal.Metric;

/**
 * Which exposed metrics are sent, and as what. Asked in this order: a name the user lists, an official name, then the user's
 * regular expressions as they were written, each searched anywhere in the name. A counter is looked up without {@code _total},
 * then with it. Immutable.
 */
final class NamingRules {
    private static final String TOTAL = "_total";
    private static final Map<String, OfficialMetric> OFFICIAL = official();

    private final Map<String, ExtraMetric> byName = new HashMap<>(); // of two entries for one name the last counts
    private final List<ExtraMetric> patterns = new ArrayList<>();

    NamingRules(List<ExtraMetric> extraMetrics) {
        for (ExtraMetric metric : extraMetrics) {
            if (metric.pattern() == null) {
                byName.put(metric.exposed(), metric);
            } else {
                patterns.add(metric);
            }
        }
    }

    /** What becomes of an exposed metric; null if it is not listed, empty if it cannot be sent as it was asked for. */
    @Nullable
    List<Target> targetsOf(Metric metric, ExposedType exposed) {
        boolean counter = exposed == ExposedType.COUNTER;
        String name = counter ? withoutTotal(metric.name()) : metric.name();
        ExtraMetric extra = extra(name, counter);
        if (extra != null) {
            String sentName = extra.sentName() == null ? name : extra.sentName();
            return targets(metric, exposed, sentName, extra.sentAs(), null);
        }
        OfficialMetric official = OFFICIAL.get(name);
        if (official != null) {
            return targets(metric, exposed, official.sentName(), SentAs.NATIVE, official);
        }
        ExtraMetric matching = matching(name, counter);
        return matching == null ? null : targets(metric, exposed, name, matching.sentAs(), null);
    }

    /** The official metric that an exposed name, with or without {@code _total}, means; null if none. */
    static @Nullable OfficialMetric official(String exposedName) {
        return OFFICIAL.get(withoutTotal(exposedName));
    }

    private @Nullable ExtraMetric extra(String name, boolean counter) {
        ExtraMetric extra = byName.get(name);
        return extra == null && counter ? byName.get(name + TOTAL) : extra;
    }

    private @Nullable ExtraMetric matching(String name, boolean counter) {
        for (ExtraMetric candidate : patterns) {
            Pattern pattern = candidate.pattern();
            if (pattern != null && (found(pattern, name) || (counter && found(pattern, name + TOTAL)))) {
                return candidate;
            }
        }
        return null;
    }

    private static List<Target> targets(
            Metric metric, ExposedType exposed, String sentName, SentAs sentAs, @Nullable OfficialMetric official) {
        Target source = Target.of(metric);
        String description = official == null ? source.description() : official.description();
        String unit = official == null || statesUnit(source.unit()) ? source.unit() : official.unit();
        List<Target> targets = new ArrayList<>();
        for (SentAs.Result result : sentAs.resultsFor(sentName, source.form(), exposed)) {
            targets.add(source.as(OfficialMetric.PREFIX + result.name(), description, unit, result.form()));
        }
        return targets;
    }

    /** A server may have been told to measure in another unit, and says so; of counts it says no more than that they are. */
    private static boolean statesUnit(String unit) {
        return !unit.isEmpty() && !unit.equals("1");
    }

    private static boolean found(Pattern pattern, String name) {
        return pattern.matcher(name).find();
    }

    private static String withoutTotal(String name) {
        return name.endsWith(TOTAL) ? name.substring(0, name.length() - TOTAL.length()) : name;
    }

    private static Map<String, OfficialMetric> official() {
        Map<String, OfficialMetric> all = new LinkedHashMap<>();
        for (OfficialMetric metric : OfficialMetric.values()) {
            all.put(withoutTotal(metric.exposedName()), metric);
        }
        return all;
    }
}
