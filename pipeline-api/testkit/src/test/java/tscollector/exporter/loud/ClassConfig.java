package tscollector.exporter.loud;

import tscollector.config.Config;

/** Is no record. */
class ClassConfig implements Config {}
