package tscollector.extension;

import java.io.IOException;
import java.util.Map;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * Keys with bytes that survive a restart, a kill and a power loss. One owner; thread-safe.
 */
public interface Store {
    /** The value, or null if there is none. The caller owns the array. */
    byte @Nullable [] get(String key) throws IOException;

    /** All keys, sorted. */
    SortedSet<String> keys() throws IOException;

    /**
     * Changes several keys at once: after a crash either all changes are there or none. Returns when they are on the disk.
     *
     * @param changes key to new value; a null value deletes the key
     */
    void update(Map<String, byte @Nullable []> changes) throws IOException;
}
