package tscollector.connector.forward;

import tscollector.config.Config;

/** {@code forward} has no settings. */
public record ForwardConfig() implements Config {
    public static ForwardConfig defaults() {
        return new ForwardConfig();
    }
}
