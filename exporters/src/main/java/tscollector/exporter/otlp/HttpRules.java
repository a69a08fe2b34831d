package tscollector.exporter.otlp;

/**
 * Where backends over HTTP differ.
 *
 * @param maxRequestBytes of a request as it is sent
 * @param maxMessageBytes of a request before it is compressed
 * @param retriesServerErrors whether 408 and 500 are tried again
 * @param takesEverySuccess whether a good status counts even if the body cannot be read
 */
record HttpRules(long maxRequestBytes, long maxMessageBytes, boolean retriesServerErrors, boolean takesEverySuccess) {
    /** What OTLP says; it has no limits. */
    static final HttpRules OTLP = new HttpRules(Long.MAX_VALUE, Long.MAX_VALUE, false, false);

    static HttpRules of(DatadogOtlpConfig config) {
        return new HttpRules(
                config.maxRequestSize().bytes(), config.maxMessageSize().bytes(), config.retryServerErrors(), true);
    }
}
