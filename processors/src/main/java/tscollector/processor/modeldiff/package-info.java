/**
 * {@code model_diff}: compares successive inventory snapshots of each server and turns the differences into events: models and
 * versions that came and went, default versions that changed. Snapshots end here; every other record passes.
 *
 * <p>What a server had last is remembered per management address and instance, in memory and, with {@code storage}, over
 * restarts. It advances only after the next consumer took the events, so that nothing is lost; a crash in between repeats events,
 * with the same {@code torchserve.event.id}.
 *
 * @see tscollector.kit.inventory.InventoryRecord
 */
@NullMarked
package tscollector.processor.modeldiff;

import org.jspecify.annotations.NullMarked;
