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
        boolean submitEvents)
        implements Config {

    public static ModelDiffConfig defaults() {
        return new ModelDiffConfig(null, true);
    }
}
