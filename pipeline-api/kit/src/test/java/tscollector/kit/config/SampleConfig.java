package tscollector.kit.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tscollector.component.ComponentId;
import tscollector.config.Config;
import tscollector.config.ConfigValue;
import tscollector.config.DataSize;
import tscollector.config.Hint;
import tscollector.config.Problems;
import tscollector.config.Secret;
import tscollector.config.Setting;
import tscollector.config.Shorthand;

/** A record with a setting of every type. */
@Hint(key = "storage_id", text = "write storage: ID")
record SampleConfig(
        @Setting(doc = "Where to send.", required = true, format = Setting.Format.HTTP_URL)
        String endpoint,

        @Setting(doc = "How long to wait.", min = "10ms", max = "1h")
        Duration timeout,

        @Setting(doc = "How many.", min = "1", max = "100") int workers,

        @Setting(doc = "How many at most.", min = "1") @Nullable
        Long limit,

        @Setting(doc = "A share.", min = "0", max = "1") double share,
        @Setting(doc = "On or off.") boolean enabled,
        @Setting(doc = "Largest body.", min = "1KiB") DataSize size,
        @Setting(doc = "How much to say.") Verbosity verbosity,
        @Setting(doc = "Who keeps the state.") @Nullable ComponentId storage,

        @Setting(doc = "Models to watch.", format = Setting.Format.REGEX)
        List<String> include,

        @Setting(doc = "Labels.") Map<String, String> attributes,
        @Setting(doc = "Anything.") List<ConfigValue> extra,
        @Setting(inline = true) Http http,
        @Setting(doc = "Targets.") List<Target> targets,
        @Setting(doc = "A part that is off.") @Nullable Batch batch)
        implements Config {

    enum Verbosity {
        BASIC,
        NORMAL,
        VERY_DETAILED
    }

    static SampleConfig defaults() {
        return new SampleConfig(
                "",
                Duration.ofSeconds(15),
                1,
                null,
                0.5,
                true,
                DataSize.ofMebibytes(16),
                Verbosity.NORMAL,
                null,
                List.of(),
                Map.of(),
                List.of(),
                new Http(Map.of(), null, null, Tls.defaults()),
                List.of(),
                null);
    }

    @Override
    public void validate(Problems problems) {
        problems.check("limit", limit == null || limit >= workers, "must be at least workers");
        if (endpoint.endsWith("/odd")) {
            problems.warn("endpoint", "is odd");
        }
    }

    record Http(
            @Setting(doc = "Headers.") Map<String, Secret> headers,
            @Setting(doc = "Password.") @Nullable Secret password,

            @Setting(doc = "A file.", format = Setting.Format.EXISTING_FILE) @Nullable
            String keyFile,

            @Setting(doc = "TLS.") Tls tls)
            implements Config {}

    record Tls(
            @Setting(doc = "None.") boolean insecure,
            @Setting(doc = "Version.") String minVersion) implements Config {
        static Tls defaults() {
            return new Tls(false, "1.2");
        }

        @Override
        public void validate(Problems problems) {
            problems.check("min_version", !minVersion.equals("1.0"), "must not be 1.0");
        }
    }

    @Shorthand("url")
    record Target(
            @Setting(doc = "Address.", required = true, format = Setting.Format.HTTP_URL)
            String url,

            @Setting(doc = "Name.") @Nullable String instance)
            implements Config {
        static Target defaults() {
            return new Target("", null);
        }
    }

    record Batch(@Setting(doc = "Items.", min = "1") int size) implements Config {
        static Batch defaults() {
            return new Batch(8192);
        }
    }
}
