package tscollector.exporter.datadog;

import org.jspecify.annotations.Nullable;
import tscollector.config.Config;
import tscollector.config.Setting;

/** The section {@code logs}. */
public record LogsConfig(
        @Setting(
                doc = "Base address for logs; /api/v2/logs is appended. Absent: https://http-intake.logs.SITE.",
                format = Setting.Format.HTTP_URL)
        @Nullable
        String endpoint,

        @Setting(doc = "Whether inventory snapshots are sent as logs; they are large and state, not messages.")
        boolean inventory)
        implements Config {

    public static LogsConfig defaults() {
        return new LogsConfig(null, false);
    }
}
