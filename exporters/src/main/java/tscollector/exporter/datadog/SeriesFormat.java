package tscollector.exporter.datadog;

import java.util.Collection;

/** How series v2 are written. Stateless. */
interface SeriesFormat {
    /** The type of a sum of what happened. */
    int COUNT = 1;
    /** The type of what happened in a second, on average over an interval. */
    int RATE = 2;
    /** The type of a value at a time. */
    int GAUGE = 3;

    String contentType();

    /**
     * What a series is known by.
     *
     * @param host empty for none
     */
    byte[] head(String name, String host, Collection<String> tags);

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
     * @param interval in seconds; 0 for none
     * @param pointBytes of all its points together
     */
    void begin(boolean isFirst, byte[] head, int type, long interval, int pointBytes, WireBuffer out);

    void point(boolean isFirst, long second, double value, WireBuffer out);

    void end(WireBuffer out);
}
