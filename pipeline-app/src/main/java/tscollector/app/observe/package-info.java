/** What is counted and reported about the running components, and where it is kept. */
@NullMarked
package tscollector.app.observe;

import org.jspecify.annotations.NullMarked;
