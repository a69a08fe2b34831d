package tscollector.exporter.otlp;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import tscollector.consumer.DeliveryException;
import tscollector.datadog.ApiKey;
import tscollector.telemetry.Telemetry;

/**
 * The key of {@code preset: datadog}, as the requests carry it. While the intake refuses it nothing is lost for that: each request
 * is tried again every minute, and the file of the key, if there is one, is read before. Thread-safe.
 */
final class PresetKey {
    /** How long a refused key rests; as in the exporter {@code datadog}. */
    static final Duration REFUSED_KEY_WAIT = Duration.ofMinutes(1);

    private static final Duration WARNING_PERIOD = Duration.ofMinutes(1);
    private static final String STATE = "key";

    private final ApiKey key;
    private final Telemetry telemetry;
    private volatile boolean isRefused;

    PresetKey(ApiKey key, Telemetry telemetry) {
        this.key = key;
        this.telemetry = telemetry;
        telemetry.state(STATE, "not known yet");
    }

    /** What is asked for at each request: {@code others} and the key. */
    Supplier<Map<String, String>> with(Supplier<Map<String, String>> others) {
        return () -> {
            Map<String, String> headers = new LinkedHashMap<>(others.get());
            headers.put(DatadogPreset.KEY, forRequest());
            return headers;
        };
    }

    private String forRequest() {
        if (isRefused) {
            key.renew();
        }
        return key.reveal();
    }

    /** Whether a status speaks of the key and not of the request. */
    static boolean isRefusal(int status) {
        return status == 401 || status == 403;
    }

    /** The intake took a request with it. */
    void taken() {
        isRefused = false;
        telemetry.state(STATE, "valid");
    }

    /** The intake refused a request for it, which is to be tried again. */
    DeliveryException refused(String address, int status) {
        isRefused = true;
        telemetry.state(STATE, "refused");
        String text = address + " does not accept the API key " + key + " (HTTP " + status
                + "); is it a key of this site, and still valid?";
        telemetry.warnOncePer(WARNING_PERIOD, "key refused", text);
        boolean another = key.renew();
        return DeliveryException.retryable(text, null, another ? null : REFUSED_KEY_WAIT);
    }
}
