/**
 * {@code cumulativetodelta}: turns monotonic cumulative sums and cumulative histograms into deltas, for backends that take
 * nothing else, such as Datadog's OTLP intake. What each series had last can be stored, so that a restart makes neither a gap
 * nor a spike.
 *
 * @see tscollector.kit.delta.CounterDeltas
 */
@NullMarked
package tscollector.processor.cumulativetodelta;

import org.jspecify.annotations.NullMarked;
