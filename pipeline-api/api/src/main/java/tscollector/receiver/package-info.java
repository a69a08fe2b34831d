/** Receivers: components that make batches. */
@NullMarked
package tscollector.receiver;

import org.jspecify.annotations.NullMarked;
