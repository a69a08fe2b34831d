package tscollector.exporter.datadog;

import java.util.Arrays;

/**
 * What a line on a Datadog graph is known by, encoded once for all requests: name, host and tags of a series or a sketch, with the
 * type of a series, and the name, host, tags and message of a check. Equal if encoded alike.
 */
final class Series {
    private final byte[] head;
    private final int type;
    private final int hash;
    private final boolean isOwnHealth;

    private Series(byte[] head, int type, boolean isOwnHealth) {
        this.head = head;
        this.type = type;
        this.hash = 31 * Arrays.hashCode(head) + type;
        this.isOwnHealth = isOwnHealth;
    }

    /**
     * A series of points.
     *
     * @param type one of those of {@link SeriesFormat}
     * @param head not to be changed any more
     */
    static Series ofPoints(int type, byte[] head) {
        return new Series(head, type, false);
    }

    static Series ofSketches(byte[] head) {
        return new Series(head, 0, false);
    }

    /** @param isOwnHealth whether this is a check on a server that a receiver asks, which may not have answered yet */
    static Series ofChecks(byte[] head, boolean isOwnHealth) {
        return new Series(head, 0, isOwnHealth);
    }

    /** The array itself. */
    byte[] head() {
        return head;
    }

    /** Of a series of points. */
    int type() {
        return type;
    }

    boolean isOwnHealth() {
        return isOwnHealth;
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof Series series
                        && hash == series.hash
                        && type == series.type
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
