/** Extensions: components beside the data path that others look up, such as storage. */
@NullMarked
package tscollector.extension;

import org.jspecify.annotations.NullMarked;
