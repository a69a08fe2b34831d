package tscollector.exporter.sdk;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import tscollector.config.Config;
import tscollector.config.Secret;
import tscollector.config.Setting;
import tscollector.kit.delivery.DeliveryConfig;

/** Settings of {@code sdk}. */
public record SdkConfig(
        @Setting(
                doc = "Name of the exporter, as its provider calls itself.",
                required = true,
                format = Setting.Format.NOT_EMPTY,
                example = "console")
        String exporter,

        @Setting(
                doc =
                        "What the exporter is configured with: the properties of the SDK's autoconfiguration. Values never print.",
                example = "{otel.exporter.otlp.endpoint: http://127.0.0.1:4317}")
        Map<String, Secret> properties,

        @Setting(doc = "Longest time the exporter may take for one request.", min = "1ms")
        Duration timeout,

        @Setting(inline = true) DeliveryConfig delivery)
        implements Config {

    public SdkConfig {
        properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
    }

    public static SdkConfig defaults() {
        return new SdkConfig("", Map.of(), Duration.ofSeconds(30), DeliveryConfig.defaults());
    }
}
