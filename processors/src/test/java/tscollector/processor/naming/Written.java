package tscollector.processor.naming;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import tscollector.config.ConfigBinder;
import tscollector.config.ConfigValue;
import tscollector.config.Problems;

/** Entries of {@code extra_metrics} as YAML gives them. */
final class Written {
    private Written() {}

    static ConfigValue name(String text) {
        return new ConfigValue.Scalar(text, true);
    }

    static ConfigValue number(String text) {
        return new ConfigValue.Scalar(text, false);
    }

    /** {@code exposed: sent}. */
    static ConfigValue renamed(String exposed, String sent) {
        return pair(exposed, name(sent));
    }

    /** {@code exposed: {key: value, ...}}. */
    static ConfigValue detailed(String exposed, String... keysAndValues) {
        Map<String, ConfigValue> details = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            details.put(keysAndValues[i], name(keysAndValues[i + 1]));
        }
        return pair(exposed, new ConfigValue.Mapping(details));
    }

    static ConfigValue pair(String exposed, ConfigValue sent) {
        return new ConfigValue.Mapping(Map.of(exposed, sent));
    }

    static NamingConfig config(ConfigValue... entries) {
        NamingConfig none = NamingConfig.defaults();
        return new NamingConfig(
                none.compat(),
                none.metrics(),
                List.of(entries),
                none.excludeMetrics(),
                none.excludeMetricsByLabels(),
                none.includeLabels(),
                none.excludeLabels(),
                none.renameLabels(),
                none.shareLabels(),
                none.cacheSharedLabels(),
                none.rawMetricPrefix(),
                none.cacheMetricWildcards(),
                none.metricPatterns(),
                none.maxReturnedMetrics(),
                none.telemetry());
    }

    static NamingConfig names(String... names) {
        return config(Arrays.stream(names).map(Written::name).toArray(ConfigValue[]::new));
    }

    /** Settings as a user writes them; what is wrong with them is added to the problems. */
    static NamingConfig yaml(String yaml, Problems problems) {
        return ServiceLoader.load(ConfigBinder.class)
                .findFirst()
                .orElseThrow()
                .bind(yaml, new NamingFactory().descriptor(), problems);
    }

    /** Settings that are fine. */
    static NamingConfig yaml(String yaml) {
        Problems problems = new Problems();
        NamingConfig config = yaml(yaml, problems);
        if (!problems.all().isEmpty()) {
            throw new AssertionError(problems.all().toString());
        }
        return config;
    }
}
