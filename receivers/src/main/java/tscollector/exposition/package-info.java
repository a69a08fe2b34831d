/**
 * Prometheus text: read, remembered per target, and turned into metrics.
 *
 * <p>Reads text format 0.0.4 as TorchServe writes it (simpleclient 0.9.0: a comma after the last label, families without samples,
 * hash order, duplicates, other bytes than UTF-8) and as others do, and OpenMetrics 1.0 without failing. A line that cannot be
 * read costs that line. What stays the same from scrape to scrape is kept once per target and compared, not parsed again, so that
 * a group's shape is the same object while the series are the same. Shared by the receivers; no component.
 *
 * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">Exposition formats</a>
 */
@NullMarked
package tscollector.exposition;

import org.jspecify.annotations.NullMarked;
