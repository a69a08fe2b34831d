package tscollector.exporter.datadog;

import java.util.Collection;

/** How series v2 are written. Stateless. */
interface SeriesFormat {
    /** The type of a sum of what happened. */
    int COUNT = 1;
    /** The type of a value at a time. */
    int GAUGE = 3;

    String contentType();

    /**
     * All of a series but its points.
     *
     * @param host empty for none
     */
    byte[] head(int type, String name, String host, Collection<String> tags);

    /** What stands before all series of a request. */
    void open(WireBuffer out);

    /** What stands behind them. */
    void close(WireBuffer out);

    /** How many bytes {@link #point} writes; 0 where nobody needs to know before. */
    int pointBytes(long second);

    /**
     * Begins a series.
     *
     * @param isFirst of its request
     * @param pointBytes of all its points together
     */
    void begin(boolean isFirst, byte[] head, int pointBytes, WireBuffer out);

    void point(boolean isFirst, long second, double value, WireBuffer out);

    void end(WireBuffer out);
}
