/** Compression that the JDK does not have; its libraries are optional. */
@NullMarked
package tscollector.kit.compress;

import org.jspecify.annotations.NullMarked;
