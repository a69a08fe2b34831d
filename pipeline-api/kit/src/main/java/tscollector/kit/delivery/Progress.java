package tscollector.kit.delivery;

/**
 * Where a sender that needs several requests for one batch says what became of its items, at once and for good: an item that was
 * told is never sent again and not counted once more. Called on the thread that sends.
 */
public interface Progress {
    /** The backend has taken these items; with 0 it answered well all the same. */
    void sent(long items);

    /**
     * These items are lost.
     *
     * @param reason a short fixed text, one of few per exporter
     */
    void dropped(String reason, long items);
}
