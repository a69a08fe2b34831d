package tscollector.exposition;

/**
 * The numbers of one scrape. One thread at a time.
 */
final class ScrapedValues {
    private final double[] values;
    private final long[] times;
    private final long scrapeNanos;
    private final long previousNanos;
    private int repairs;

    /**
     * One scrape's numbers.
     *
     * @param values by slot
     * @param times by slot, or empty if no sample has a time of its own
     * @param scrapeNanos the time of this scrape
     * @param previousNanos the time of the previous good scrape; this one's if there was none
     */
    ScrapedValues(double[] values, long[] times, long scrapeNanos, long previousNanos) {
        this.values = values;
        this.times = times;
        this.scrapeNanos = scrapeNanos;
        this.previousNanos = previousNanos;
    }

    double value(int slot) {
        return values[slot];
    }

    long time(int slot) {
        return times.length == 0 || times[slot] == ScannedExposition.NO_TIME ? scrapeNanos : times[slot];
    }

    /** The sum over slots that say the same thing; duplicates are added. */
    double sum(int[] slots) {
        double sum = values[slots[0]];
        for (int i = 1; i < slots.length; i++) {
            sum += values[slots[i]];
        }
        return sum;
    }

    long previousNanos() {
        return previousNanos;
    }

    /** Counts a point whose numbers did not fit together and were mended. */
    void countRepair() {
        repairs++;
    }

    int repairs() {
        return repairs;
    }
}
