/** Processors: components that take batches of one pipeline, change them and pass them on. */
@NullMarked
package tscollector.processor;

import org.jspecify.annotations.NullMarked;
