package tscollector.exporter.datadog;

/** An answer after which nobody knows whether the intake took the request: whoever answered may have passed it on before. */
final class UnsureAnswer extends Exception {
    private static final long serialVersionUID = 1L;

    UnsureAnswer(int status) {
        super("HTTP " + status, null, false, false);
    }

    /** Whether a status leaves that open: 408, and server errors but 503, which says that nothing is taken for now. */
    static boolean is(int status) {
        return status == 408 || (status >= 500 && status != 503);
    }
}
