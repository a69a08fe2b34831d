/** The recorded runs of the official check, played to the scrapers of this module. */
@NullMarked
package tscollector.official;

import org.jspecify.annotations.NullMarked;
