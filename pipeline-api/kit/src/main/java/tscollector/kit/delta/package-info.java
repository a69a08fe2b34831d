/**
 * Cumulative counters and histograms as deltas, for backends that add up what they are sent: what each series had last is
 * remembered, over restarts too, and each point becomes the difference to it. What the first point of a series means is a rule
 * of its own ({@link tscollector.kit.delta.DeltaRules.InitialValue}), because a backend shows a mistake there as a spike or a gap.
 */
@NullMarked
package tscollector.kit.delta;

import org.jspecify.annotations.NullMarked;
