package tscollector.torchserve.management;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tscollector.config.Config;
import tscollector.config.Problems;
import tscollector.config.Setting;

/** Section {@code models}: which models are described, and how often the server is asked for what costs it much. */
public record ModelsConfig(
        @Setting(
                doc =
                        "Regular expressions, searched anywhere in the name; a model that matches one is described. Absent: all models.",
                format = Setting.Format.REGEX,
                example = "['^resnet', '_prod$']")
        @Nullable
        List<String> include,

        @Setting(
                doc = "Regular expressions, searched anywhere in the name; a model that matches one is not described.",
                format = Setting.Format.REGEX,
                example = "['^internal-']")
        List<String> exclude,

        @Setting(
                doc =
                        "At most so many models are described, those that the first pattern of include finds, in the order of the list, before those of the second; null: all. The number of models and the events are about all models, whatever is described.",
                min = "1",
                example = "500")
        @Nullable
        Integer limit,

        @Setting(
                doc =
                        "How long a list of models is good for; 0s: it is read in every run. A list that could not be read is tried again in the next run.",
                min = "0s")
        Duration refreshInterval,

        @Setting(
                doc =
                        "Least time between two describes of a model with a worker on a GPU: the server runs nvidia-smi for each such worker and answers nobody else on that event loop meanwhile. Its last values are repeated in between.",
                min = "1s")
        Duration gpuDescribeInterval)
        implements Config {

    public ModelsConfig {
        include = include == null ? null : List.copyOf(include);
        exclude = List.copyOf(exclude);
    }

    public static ModelsConfig defaults() {
        return new ModelsConfig(null, List.of(), null, Duration.ZERO, Duration.ofSeconds(60));
    }

    @Override
    public void validate(Problems problems) {
        problems.check(
                "include",
                include == null || !include.isEmpty(),
                "is empty, so that no model would ever be described; leave it out to describe all models");
    }
}
