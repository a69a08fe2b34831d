package tscollector.exporter.datadog;

import java.util.Arrays;

/**
 * What a line on a Datadog graph is known by, encoded once for all requests: name, type, host and tags of a series or a sketch, and
 * the name, host, tags and message of a check. Equal if encoded alike.
 */
final class Series {
    private final byte[] head;
    private final int hash;
    private final boolean isOwnHealth;

    Series(byte[] head) {
        this(head, false);
    }

    /**
     * One series.
     *
     * @param head the encoding of everything but points; not to be changed any more
     * @param isOwnHealth whether this is a check on a server that a receiver asks, which may not have answered yet
     */
    Series(byte[] head, boolean isOwnHealth) {
        this.head = head;
        this.hash = Arrays.hashCode(head);
        this.isOwnHealth = isOwnHealth;
    }

    /** The array itself. */
    byte[] head() {
        return head;
    }

    boolean isOwnHealth() {
        return isOwnHealth;
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof Series series
                        && hash == series.hash
                        && isOwnHealth == series.isOwnHealth
                        && Arrays.equals(head, series.head));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return "Series[" + head.length + " bytes]";
    }
}
