package tscollector.processor.naming;

import java.util.ArrayList;
import java.util.List;
import tscollector.config.Config;
import tscollector.config.ConfigValue;
import tscollector.config.Problems;
import tscollector.config.Setting;

/** Settings of {@code torchserve_naming}. */
public record NamingConfig(
        @Setting(
                doc =
                        "Exposed metrics to send beside the official ones. Each entry is a name, \"exposed: sent\", \"exposed: {name: sent, type: gauge}\", or a regular expression.",
                example = "[my_custom_metric, {handler_queue: handler.queue}, '^handler_.+_ms$']")
        List<ConfigValue> extraMetrics)
        implements Config {

    public NamingConfig {
        extraMetrics = List.copyOf(extraMetrics);
    }

    public static NamingConfig defaults() {
        return new NamingConfig(List.of());
    }

    @Override
    public void validate(Problems problems) {
        List<List<ExtraMetric>> entries = new ArrayList<>();
        for (int i = 0; i < extraMetrics.size(); i++) {
            String path = path(i);
            entries.add(ExtraMetric.read(extraMetrics.get(i), mistake -> problems.add(path, mistake)));
        }
        KindClashes.find(entries, (position, mistake) -> problems.add(path(position), mistake));
    }

    /** The rules; entries with mistakes are left out. */
    NamingRules rules() {
        return new NamingRules(extraMetrics.stream()
                .flatMap(entry -> ExtraMetric.read(entry, mistake -> {}).stream())
                .toList());
    }

    private static String path(int position) {
        return "extra_metrics[" + position + "]";
    }
}
