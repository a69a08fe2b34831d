/** Time and threads as components see them; neither is ever taken from the JDK directly. */
@NullMarked
package tscollector.time;

import org.jspecify.annotations.NullMarked;
