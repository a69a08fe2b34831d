package tscollector.exporter.datadog;

import java.util.List;
import java.util.ServiceLoader;
import tscollector.config.ConfigBinder;
import tscollector.config.Problems;
import tscollector.testkit.datadog.DatadogIntake;

/** Settings as users write them. */
final class Settings {
    private Settings() {}

    /** The settings, which must be good, with a key and a host unless they have their own. */
    static DatadogConfig of(String yaml) {
        Problems problems = new Problems();
        DatadogConfig config = bind(complete(yaml), problems);
        if (problems.all().stream().anyMatch(Problems.Problem::fatal)) {
            throw new AssertionError(problems.all());
        }
        return config;
    }

    /** What is wrong or odd with exactly these settings, as {@code path text}; warnings begin with {@code warning: }. */
    static List<String> problems(String yaml) {
        Problems problems = new Problems();
        bind(yaml, problems);
        return problems.all().stream()
                .map(problem -> (problem.fatal() ? "" : "warning: ") + problem.path() + " " + problem.text())
                .toList();
    }

    private static String complete(String yaml) {
        String key = yaml.contains("api:") ? "" : "api: {key: " + DatadogIntake.KEY + "}\n";
        return key + (yaml.contains("hostname:") ? "" : "hostname: exporter-host\n") + yaml;
    }

    private static DatadogConfig bind(String yaml, Problems problems) {
        return ServiceLoader.load(ConfigBinder.class)
                .findFirst()
                .orElseThrow()
                .bind(yaml, new DatadogFactory().descriptor(), problems);
    }
}
