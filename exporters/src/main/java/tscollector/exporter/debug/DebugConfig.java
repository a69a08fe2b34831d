package tscollector.exporter.debug;

import tscollector.config.Config;
import tscollector.config.Hint;
import tscollector.config.Setting;
import tscollector.kit.delivery.DeliveryConfig;

/** Settings of the {@code debug} exporter. */
@Hint(key = "sampling_initial", text = "everything is printed; leave it out, or filter before this exporter")
@Hint(key = "sampling_thereafter", text = "everything is printed; leave it out, or filter before this exporter")
@Hint(key = "use_internal_logger", text = "it always prints to standard output; leave it out")
public record DebugConfig(
        @Setting(
                doc =
                        "How much is printed: basic, a line per batch; normal, a line per point and event; detailed, also resources, scopes, units and times.")
        Verbosity verbosity,

        @Setting(doc = "Whether to colour: auto (only on a terminal, and not if NO_COLOR is set), always or never.")
        Color color,

        @Setting(inline = true) DeliveryConfig delivery)
        implements Config {

    /** How much is printed. */
    public enum Verbosity {
        BASIC,
        NORMAL,
        DETAILED
    }

    /** When colours are used. */
    public enum Color {
        AUTO,
        ALWAYS,
        NEVER
    }

    static DebugConfig defaults() {
        return new DebugConfig(Verbosity.NORMAL, Color.AUTO, DeliveryConfig.defaults());
    }
}
