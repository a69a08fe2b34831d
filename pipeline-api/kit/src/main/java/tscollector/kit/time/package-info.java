/**
 * Real time and real threads: the scheduler of the process, daemon threads for libraries that insist on their own, and one log
 * line per outage. The only place in the program where threads are made.
 */
@NullMarked
package tscollector.kit.time;

import org.jspecify.annotations.NullMarked;
