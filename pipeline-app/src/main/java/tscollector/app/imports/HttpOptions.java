package tscollector.app.imports;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tscollector.kit.config.Surroundings;

/** Timeouts, headers, redirects and connections of an instance; {@link ProxyOptions}, {@link TlsOptions} and {@link AuthOptions} do the rest. */
final class HttpOptions {
    /** Seconds; the check's default for connect and for read. */
    private static final double TIMEOUT = 10;

    private final Options options;
    private final Surroundings surroundings;

    HttpOptions(Options options, Surroundings surroundings) {
        this.options = options;
        this.surroundings = surroundings;
    }

    /**
     * Adds the receiver's settings.
     *
     * @param agentProxy of datadog.yaml, for instances without one of their own
     */
    void write(String scheme, @Nullable Options agentProxy, Map<String, @Nullable Object> settings) {
        timeouts(settings);
        if (options.bool("allow_redirects", true)) {
            settings.put("follow_redirects", true);
        }
        if (options.has("persist_connections")) {
            settings.put("persist_connections", options.bool("persist_connections", false));
        }
        headers(settings);
        new AuthOptions(options, surroundings).write(settings);
        Map<String, @Nullable Object> tls = new TlsOptions(options, surroundings).settings();
        if (!tls.isEmpty()) {
            settings.put("tls", tls);
        }
        new ProxyOptions(options, agentProxy).write(scheme, settings);
        if (options.bool("log_requests", false)) {
            options.remark("log_requests", "is not carried; service.telemetry.logs.level: debug shows every run");
        }
    }

    private void timeouts(Map<String, @Nullable Object> settings) {
        double both = positive("timeout", TIMEOUT);
        double connect = positive("connect_timeout", both);
        double read = positive("read_timeout", both);
        settings.put("connect_timeout", Times.seconds(connect));
        settings.put("read_timeout", Times.seconds(read));
        settings.put("timeout", Times.seconds(connect + read));
    }

    private double positive(String option, double otherwise) {
        Double seconds = options.number(option);
        if (seconds == null) {
            return otherwise;
        }
        if (seconds <= 0) {
            options.remark(option, "is not above zero; " + Times.seconds(otherwise) + " is used");
            return otherwise;
        }
        return Math.min(seconds, 86_400);
    }

    private void headers(Map<String, @Nullable Object> settings) {
        Map<String, String> own = options.textMap("headers", true);
        Map<String, String> extra = options.textMap("extra_headers", true);
        if (own != null && !own.isEmpty()) {
            settings.put("headers", own);
        }
        if (extra != null && !extra.isEmpty()) {
            settings.put("extra_headers", extra);
        }
    }
}
