package tscollector.exporter.otlp;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tscollector.config.Problems;
import tscollector.config.Secret;
import tscollector.kit.delivery.DeliveryConfig;

/** What {@code preset: datadog} adds to the settings: address, headers and rules of Datadog's OTLP intake. */
record DatadogPreset(ApiConfig api, DatadogOtlpConfig rules) {
    static final String KEY = "dd-api-key";
    static final String METRIC_CONFIG = "dd-otel-metric-config";

    /** The preset if it is configured. */
    static @Nullable DatadogPreset of(OtlpHttpConfig config) {
        if (config.preset() != OtlpHttpConfig.Preset.DATADOG) {
            return null;
        }
        return new DatadogPreset(
                config.api() == null ? ApiConfig.defaults() : config.api(),
                config.datadog() == null ? DatadogOtlpConfig.defaults() : config.datadog());
    }

    /** The user's headers, and what is to be made of metrics; the key goes on top, see {@link PresetKey}. */
    Map<String, Secret> metricHeaders(Map<String, Secret> configured) {
        Map<String, Secret> headers = new LinkedHashMap<>(configured);
        headers.put(METRIC_CONFIG, new Secret(rules.metricConfig()));
        return headers;
    }

    /** Trying goes on until the data is too old, unless the user wants less. */
    DeliveryConfig delivery(DeliveryConfig configured) {
        return new DeliveryConfig(
                configured.sendingQueue(), configured.retryOnFailure().unlessSet(Duration.ZERO));
    }

    /** Finds settings that contradict the preset, or that need it. */
    static void validate(OtlpHttpConfig config, Problems problems) {
        if (config.preset() == null) {
            problems.check("api", config.api() == null, "needs preset: datadog");
            problems.check("datadog", config.datadog() == null, "needs preset: datadog");
            return;
        }
        if (config.api() == null) {
            problems.add("preset", "needs api.key, the API key of your organisation, such as ${env:DD_API_KEY}");
        }
        for (String header : config.headers().keySet()) {
            String name = header.toLowerCase(Locale.ROOT);
            if (Set.of(KEY, METRIC_CONFIG).contains(name)) {
                problems.add(
                        "headers." + header,
                        "is set by the preset, from " + (name.equals(KEY) ? "api.key" : "the section datadog"));
            }
        }
    }
}
