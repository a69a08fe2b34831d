/** How values are written as text where several modules must write them alike. */
@NullMarked
package tscollector.kit.text;

import org.jspecify.annotations.NullMarked;
