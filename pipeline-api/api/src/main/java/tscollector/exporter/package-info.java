/** Exporters: components that deliver batches to one backend. */
@NullMarked
package tscollector.exporter;

import org.jspecify.annotations.NullMarked;
