package tscollector.exporter.loud;

/** Is called Config and is none. */
record OnlyInNameConfig(int volume) {}
