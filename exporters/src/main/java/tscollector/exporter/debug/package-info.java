/**
 * The {@code debug} exporter: prints what passes to standard output, for people. Full metric names always; a table for metrics, a
 * line per event, everything with {@code detailed}. The layout is for eyes and may change; programs read the {@code file}
 * exporter.
 */
@NullMarked
package tscollector.exporter.debug;

import org.jspecify.annotations.NullMarked;
