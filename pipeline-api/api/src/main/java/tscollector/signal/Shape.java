package tscollector.signal;

/**
 * The identity of a series set: as long as the Resource, the scope, the metrics' names, the {@code Attributes} instances and
 * their order in a group stay the same, its shape is the same object, from the receiver through every processor. Equal only
 * to itself.
 *
 * <p>A component that needs work per series does it once per shape and keeps the result in a {@link PlanCache}; per point it
 * copies a value. Values never decide membership.
 */
public final class Shape {}
