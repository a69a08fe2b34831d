/**
 * A look at what a configuration would send: every target is asked once or twice, the data goes through the pipelines, and instead of
 * leaving the process it is printed. No exporter is built, and stored state is only read: from a copy.
 */
@NullMarked
package tscollector.app.check;

import org.jspecify.annotations.NullMarked;
