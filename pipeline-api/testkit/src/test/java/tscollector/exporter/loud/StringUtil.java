package tscollector.exporter.loud;

/** Has no subject. */
class StringUtil {}
