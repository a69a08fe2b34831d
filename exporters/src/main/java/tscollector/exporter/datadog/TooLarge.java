package tscollector.exporter.datadog;

/** The intake found a request too large (413): whoever sent it halves it, and gives up what cannot be halved. */
final class TooLarge extends Exception {
    private static final long serialVersionUID = 1L;

    TooLarge(String message) {
        super(message);
    }
}
