package tscollector.component;

/**
 * Something with a life: built, started once, shut down.
 *
 * <p>The graph starts exporters first and receivers last, and stops in the other order.
 */
public interface Component {
    /**
     * Begins to work; returns quickly. What may take longer runs on the scheduler.
     *
     * @throws StartException if this component can never work as configured; the process then does not start
     */
    default void start(Host host) throws StartException {}

    /**
     * Ends all work and gives back everything, at the latest when {@code deadline} has passed. May be called twice, without
     * start, and while busy. What could not be delivered is counted as dropped.
     */
    default void shutdown(Deadline deadline) {}
}
