package tscollector.component;

/**
 * How a running component is doing, in its own words.
 *
 * @param level how bad it is
 * @param message a sentence for the operator; empty when all is well
 */
public record Status(Level level, String message) {
    /** The levels, best first. */
    public enum Level {
        OK,
        /** Does not work now and goes on trying by itself. */
        RECOVERABLE_ERROR,
        /** Will not work again before the process is restarted; the rest of the process goes on. */
        PERMANENT_ERROR
    }

    public static Status ok() {
        return new Status(Level.OK, "");
    }

    public static Status recoverable(String message) {
        return new Status(Level.RECOVERABLE_ERROR, message);
    }

    public static Status permanent(String message) {
        return new Status(Level.PERMANENT_ERROR, message);
    }
}
