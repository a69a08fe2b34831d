/** How data moves on: one call that takes a batch or says why not. */
@NullMarked
package tscollector.consumer;

import org.jspecify.annotations.NullMarked;
