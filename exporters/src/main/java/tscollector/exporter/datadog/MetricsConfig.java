package tscollector.exporter.datadog;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tscollector.config.Config;
import tscollector.config.Setting;

/** The section {@code metrics}. */
public record MetricsConfig(
        @Setting(
                doc =
                        "Base address for series, sketches, check runs, events and key validation, whose paths are appended. Absent: https://api.SITE.",
                format = Setting.Format.HTTP_URL)
        @Nullable
        String endpoint,

        @Setting(doc = "How series are encoded: protobuf or json.")
        Encoding encoding,

        @Setting(
                doc =
                        "Points older than this are dropped before each try, since the intake drops them silently. 0s: no limit, for metrics with historical ingestion.",
                min = "0s")
        Duration maxPointAge,

        @Setting(doc = "Whether the attributes of the resource become tags too.")
        boolean resourceAttributesAsTags,

        @Setting(
                doc =
                        "How often a sketch is sent again although it may have arrived, for instance after a timeout: the intake adds up what it gets twice. 0: it is dropped instead.",
                min = "0")
        int retryUnknownSketches)
        implements Config {

    /** Encodings of series; sketches are always protobuf. */
    public enum Encoding {
        PROTOBUF,
        JSON
    }

    public static MetricsConfig defaults() {
        return new MetricsConfig(null, Encoding.PROTOBUF, Duration.ofHours(1), false, 1);
    }
}
