package tscollector.exposition;

import io.opentelemetry.api.common.Attributes;

/** A series that only grows, with what its start time is worked out from. Lives as long as the series is exposed. */
final class CumulativeSeries {
    private final Attributes attributes;
    private long startEpochNanos;
    private double last = Double.NaN; // before the first value, and as long as there are none

    /** @param startEpochNanos this scrape's time if it is the target's first good one, else the time of the one before */
    CumulativeSeries(Attributes attributes, long startEpochNanos) {
        this.attributes = attributes;
        this.startEpochNanos = startEpochNanos;
    }

    Attributes attributes() {
        return attributes;
    }

    /**
     * Takes the next value and answers when the series began, never later than {@code timeNanos}.
     *
     * @param timeNanos the point's time; may be the exposition's own and lie before the scrape
     * @param resetEpochNanos when it began if the value fell: the time of the previous good scrape
     */
    long startAt(double value, long timeNanos, long resetEpochNanos) {
        if (value < last) {
            startEpochNanos = resetEpochNanos;
        }
        if (!Double.isNaN(value)) {
            last = value;
        }
        // For good: were the clock set back, a start that moves with each point would say that each is a reset.
        startEpochNanos = Math.min(startEpochNanos, timeNanos);
        return startEpochNanos;
    }
}
