package tscollector.exporter.datadog;

import java.util.List;
import tscollector.config.Config;
import tscollector.config.Setting;

/** The section {@code events}. */
public record EventsConfig(
        @Setting(
                doc =
                        "Names of events that go to Datadog's events and not to its logs, beside those that begin with torchserve.model.",
                format = Setting.Format.NOT_EMPTY,
                example = "[deploy.finished]")
        List<String> names)
        implements Config {

    public EventsConfig {
        names = List.copyOf(names);
    }

    public static EventsConfig defaults() {
        return new EventsConfig(List.of());
    }
}
