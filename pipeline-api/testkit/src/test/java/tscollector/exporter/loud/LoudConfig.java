package tscollector.exporter.loud;

import tscollector.config.Config;
import tscollector.config.Setting;

/** Keeps one setting to itself. */
public record LoudConfig(@Setting(doc = "How loud.") int volume, boolean secretly) implements Config {}
