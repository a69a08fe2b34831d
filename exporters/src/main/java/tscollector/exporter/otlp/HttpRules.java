package tscollector.exporter.otlp;

import org.jspecify.annotations.Nullable;

/**
 * Where backends over HTTP differ.
 *
 * @param maxRequestBytes of a request as it is sent
 * @param maxMessageBytes of a request before it is compressed
 * @param retriesServerErrors whether 408 and 500 are tried again
 * @param takesEverySuccess whether a good status counts even if the body cannot be read
 * @param key what 401 and 403 speak of; null if they speak of the request
 */
record HttpRules(
        long maxRequestBytes,
        long maxMessageBytes,
        boolean retriesServerErrors,
        boolean takesEverySuccess,
        @Nullable PresetKey key) {
    /** What OTLP says; it has no limits. */
    static final HttpRules OTLP = new HttpRules(Long.MAX_VALUE, Long.MAX_VALUE, false, false, null);

    static HttpRules of(DatadogOtlpConfig config, PresetKey key) {
        return new HttpRules(
                config.maxRequestSize().bytes(),
                config.maxMessageSize().bytes(),
                config.retryServerErrors(),
                true,
                key);
    }
}
