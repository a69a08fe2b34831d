package tscollector.signal;

/**
 * What is handed from component to component: an immutable list of groups of one signal. Never empty, never changed,
 * shared freely between threads and branches.
 */
public interface Batch {
    /** Points or records in this batch; at least 1. Computed once. */
    int itemCount();
}
