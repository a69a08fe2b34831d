/**
 * What the benchmarks share: the bodies they read, the time they take, the table they print. A benchmark itself stands in the
 * package of what it measures. Never shipped.
 */
@NullMarked
package tscollector.bench;

import org.jspecify.annotations.NullMarked;
