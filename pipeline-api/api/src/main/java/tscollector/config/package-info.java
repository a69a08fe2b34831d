/** What a user may set: records whose components carry their own documentation, and everything that can be wrong with them. */
@NullMarked
package tscollector.config;

import org.jspecify.annotations.NullMarked;
