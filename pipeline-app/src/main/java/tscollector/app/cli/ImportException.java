package tscollector.app.cli;

/** What was to be imported cannot be; the message is the sentence for the user. */
final class ImportException extends Exception {
    private static final long serialVersionUID = 1L;

    ImportException(String message) {
        super(message);
    }
}
