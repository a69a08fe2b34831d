/** A component that keeps every rule. */
@NullMarked
package tscollector.processor.tidy;

import org.jspecify.annotations.NullMarked;
