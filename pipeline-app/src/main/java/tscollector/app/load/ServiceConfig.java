package tscollector.app.load;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tscollector.config.Config;
import tscollector.config.ConfigValue;
import tscollector.config.Hint;
import tscollector.config.Problems;
import tscollector.config.Setting;

/** The section {@code service}. What its pipelines and extensions say is in {@link LoadedConfiguration}. */
public record ServiceConfig(
        @Setting(doc = "Ids of the extensions to start, in this order.") @Nullable
        ConfigValue extensions,

        @Setting(doc = "What flows from where to where: metrics, logs, or either with a name, such as metrics/raw.")
        @Nullable
        ConfigValue pipelines,

        @Setting(doc = "What the process says about itself.")
        Telemetry telemetry,

        @Setting(
                doc =
                        "Longest time that stopping takes, all pipelines together. What is not delivered by then is lost, counted, and makes the exit code 4.",
                min = "0s",
                max = "1h")
        Duration shutdownTimeout)
        implements Config {

    public static ServiceConfig defaults() {
        // 8s: within the 10s that docker stop waits
        return new ServiceConfig(null, null, Telemetry.defaults(), Duration.ofSeconds(8));
    }

    /** The section {@code service.telemetry}. */
    @Hint(key = "resource", text = "attributes of the process's own metrics are not configurable in this version")
    @Hint(key = "traces", text = "the process makes no traces of itself")
    public record Telemetry(
            @Setting(doc = "The process's own log, on standard error.")
            Logs logs,

            @Setting(
                    doc =
                            "The Collector's section for its own metrics. Accepted, so that files can be carried over, and without effect.")
            @Nullable
            ConfigValue metrics)
            implements Config {
        static Telemetry defaults() {
            return new Telemetry(Logs.defaults(), null);
        }

        @Override
        public void validate(Problems problems) {
            if (metrics != null) {
                problems.warn("metrics", "is accepted and has no effect in this version");
            }
        }
    }

    /** The section {@code service.telemetry.logs}. */
    @Hint(key = "format", text = "write encoding: console or encoding: json")
    @Hint(key = "development", text = "write level: debug for more lines")
    @Hint(key = "disable_caller", text = "lines name the component, not the place in the code")
    @Hint(key = "disable_stacktrace", text = "stack traces show with level: debug only")
    @Hint(key = "sampling", text = "what repeats is said once and counted, without a setting")
    @Hint(key = "output_paths", text = "the log goes to standard error")
    @Hint(key = "error_output_paths", text = "the log goes to standard error")
    @Hint(key = "initial_fields", text = "fields cannot be added to the log")
    @Hint(key = "processors", text = "the process's own log is not exported in this version")
    public record Logs(
            @Setting(doc = "The least severe lines that show.")
            Level level,

            @Setting(doc = "Lines for people, or one JSON object a line.")
            Encoding encoding)
            implements Config {
        static Logs defaults() {
            return new Logs(Level.INFO, Encoding.CONSOLE);
        }
    }

    /** Severities of the own log. */
    public enum Level {
        DEBUG,
        INFO,
        WARN,
        ERROR
    }

    /** Forms of the own log. */
    public enum Encoding {
        CONSOLE,
        JSON
    }
}
