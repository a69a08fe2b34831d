package tscollector.app.imports;

/** This instance cannot be carried over; the others can. */
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String path;

    /**
     * A refusal.
     *
     * @param path of the option, or of the instance
     * @param why without any value
     */
    Refused(String path, String why) {
        super(why, null, false, false);
        this.path = path;
    }

    String path() {
        return path;
    }

    String why() {
        return String.valueOf(getMessage());
    }
}
