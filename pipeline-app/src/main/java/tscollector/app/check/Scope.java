package tscollector.app.check;

/** The scope that tells service checks from metrics; part of the data that receivers send. */
final class Scope {
    static final String SERVICE_CHECK = "tscollector.service_check";

    private Scope() {}
}
