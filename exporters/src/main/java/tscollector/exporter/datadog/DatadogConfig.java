package tscollector.exporter.datadog;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tscollector.component.ComponentId;
import tscollector.config.Config;
import tscollector.config.ConfigValue;
import tscollector.config.Hint;
import tscollector.config.Problems;
import tscollector.config.Setting;
import tscollector.kit.delivery.DeliveryConfig;
import tscollector.kit.delivery.QueueConfig;
import tscollector.kit.delivery.RetryConfig;
import tscollector.kit.http.HttpClientConfig;

/** Settings of {@code datadog}: names of the Collector's exporter where it has them. */
@Hint(key = "host_metadata", text = "the list of hosts is the Agent's; this exporter sends none")
@Hint(key = "traces", text = "this program has no traces; leave it out")
@Hint(key = "site", text = "write api: {site: ...}")
@Hint(key = "api_key", text = "write api: {key: ...}")
@Hint(key = "hostname_detection_timeout", text = "the host's name is asked of the machine at once; leave it out")
public record DatadogConfig(
        @Setting(doc = "Where to and with which key.") ApiConfig api,

        @Setting(
                doc =
                        "The host of what names none itself (resource attribute datadog.host.name). Absent: this machine's name.",
                example = "gpu-7.example.com")
        @Nullable
        String hostname,

        @Setting(
                doc = "Tags on everything that is sent: a list, or a text such as env:prod,team:x.",
                example = "[\"env:prod\", \"team:x\"]")
        @Nullable
        ConfigValue tags,

        @Setting(
                doc =
                        "The storage extension that keeps the counters' last values over a restart. Absent: the first value of each counter after a start is lost.")
        @Nullable
        ComponentId storage,

        @Setting(doc = "What concerns metrics and service checks.")
        MetricsConfig metrics,

        @Setting(doc = "What concerns logs.") LogsConfig logs,

        @Setting(doc = "What concerns events.") EventsConfig events,

        @Setting(
                doc =
                        "Whether the key is checked at the start and every hour: warn (a refused key shows in the status), fail (a refused key keeps the process from starting) or off. No answer never counts as a refusal.")
        KeyCheckMode apiKeyCheck,

        @Setting(
                doc = "How long a counter that nobody reports any more is remembered; the Agent's 25 hours.",
                min = "1m")
        Duration seriesTtl,

        @Setting(
                doc =
                        "How requests are compressed: gzip, deflate, zstd or none. zstd needs com.github.luben:zstd-jni on the class path.")
        Compression compression,

        @Setting(doc = "Longest time of one request, answer included.", min = "1ms")
        Duration timeout,

        @Setting(inline = true) HttpClientConfig http,

        @Setting(inline = true) DeliveryConfig delivery)
        implements Config {

    /** What a refused key does. */
    public enum KeyCheckMode {
        WARN,
        FAIL,
        OFF
    }

    /** The Agent's site, host and waits; the intake's age limits end what {@code retry_on_failure} does not. */
    public static DatadogConfig defaults() {
        return new DatadogConfig(
                ApiConfig.defaults(),
                null,
                null,
                null,
                MetricsConfig.defaults(),
                LogsConfig.defaults(),
                EventsConfig.defaults(),
                KeyCheckMode.WARN,
                Duration.ofHours(25),
                Compression.GZIP,
                Duration.ofSeconds(15),
                HttpClientConfig.defaults(),
                new DeliveryConfig(QueueConfig.defaults(), patientRetry()));
    }

    /** Waits of 2-4 s, 4-8 s, ... 32-64 s as the Agent's, without end: what waits too long becomes too old. */
    private static RetryConfig patientRetry() {
        return new RetryConfig(true, Duration.ofSeconds(3), 0.33, 2, Duration.ofSeconds(48), Duration.ZERO);
    }

    /** The tags as single texts, in order, each once. */
    List<String> tagList() {
        if (tags instanceof ConfigValue.Sequence list) {
            List<String> all = new ArrayList<>();
            for (ConfigValue item : list.items()) {
                if (item instanceof ConfigValue.Scalar scalar && !scalar.text().isBlank()) {
                    all.add(scalar.text().strip());
                }
            }
            return List.copyOf(new LinkedHashSet<>(all));
        }
        return tags instanceof ConfigValue.Scalar scalar ? split(scalar.text()) : List.of();
    }

    /** Commas divide; in a text without one, blanks do, as in the Agent's {@code DD_TAGS}. */
    private static List<String> split(String text) {
        LinkedHashSet<String> all = new LinkedHashSet<>();
        for (String tag : text.split(text.contains(",") ? "," : "\\s+", -1)) {
            if (!tag.isBlank()) {
                all.add(tag.strip());
            }
        }
        return List.copyOf(all);
    }

    /** What a refused key does, whichever of the two settings says so. */
    KeyCheckMode keyCheck() {
        return apiKeyCheck == KeyCheckMode.WARN && api.failOnInvalidKey() ? KeyCheckMode.FAIL : apiKeyCheck;
    }

    @Override
    public void validate(Problems problems) {
        problems.check(
                "api.key",
                api.key() != null || api.keyFile() != null,
                "is required: the API key of your organisation, such as ${env:DD_API_KEY}");
        checkBase("metrics.endpoint", metrics.endpoint(), problems);
        checkBase("logs.endpoint", logs.endpoint(), problems);
        if (tags instanceof ConfigValue.Mapping) {
            problems.add("tags", "must be a list such as [\"env:prod\"], or a text such as env:prod,team:x");
        } else if (tags instanceof ConfigValue.Sequence list) {
            for (int i = 0; i < list.items().size(); i++) {
                problems.check("tags[" + i + "]", list.items().get(i) instanceof ConfigValue.Scalar, "must be a text");
            }
        }
    }

    private static void checkBase(String path, @Nullable String address, Problems problems) {
        problems.check(
                path,
                address == null || (address.indexOf('?') < 0 && address.indexOf('#') < 0),
                "is a base address, to which paths are appended: leave out what follows ? or #");
    }
}
