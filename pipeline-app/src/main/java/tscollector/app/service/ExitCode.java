package tscollector.app.service;

/** How the process ends; a promise to scripts and service managers. */
public final class ExitCode {
    /** A clean stop, signals included. */
    public static final int OK = 0;
    /** It could not go on, for instance for lack of memory. */
    public static final int FATAL = 1;
    /** The configuration or the command line is wrong. */
    public static final int CONFIGURATION = 2;
    /** A component could not start. */
    public static final int START = 3;
    /** It stopped, and data that had been accepted was not delivered. */
    public static final int UNDELIVERED = 4;

    private ExitCode() {}
}
