package tscollector.processor.modeldiff;

import org.jspecify.annotations.Nullable;
import tscollector.component.ComponentId;
import tscollector.config.Config;
import tscollector.config.Setting;

/** Settings of {@code model_diff}. */
public record ModelDiffConfig(
        @Setting(
                doc =
                        "A storage extension that keeps the last lists over restarts, so that changes made meanwhile are told. Absent: the first list after a start is the new baseline.",
                example = "file_storage")
        @Nullable
        ComponentId storage,

        @Setting(doc = "Whether to make events. If not, snapshots still end here, and what is stored stays as it was.")
        boolean submitEvents,

        @Setting(
                doc =
                        "Strict: changes are found as the official Datadog check finds them, by the URLs of the lists alone, and the last list is kept by management_api_url alone. Changing this begins with a new baseline.")
        Compat compat,

        @Setting(
                doc =
                        "Official: only the events that the official Datadog check sends, of models added, removed and with another default version.")
        Events events)
        implements Config {
    /** How closely the official check is followed. */
    public enum Compat {
        OFF,
        STRICT
    }

    /** Which events are made. */
    public enum Events {
        ALL,
        OFFICIAL
    }

    public static ModelDiffConfig defaults() {
        return new ModelDiffConfig(null, true, Compat.OFF, Events.ALL);
    }
}
