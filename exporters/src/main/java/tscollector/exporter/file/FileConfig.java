package tscollector.exporter.file;

import org.jspecify.annotations.Nullable;
import tscollector.config.Config;
import tscollector.config.Hint;
import tscollector.config.Setting;
import tscollector.kit.delivery.DeliveryConfig;

/** Settings of the {@code file} exporter; the Collector's names. */
@Hint(key = "format", text = "every line is OTLP JSON; leave it out")
@Hint(key = "compression", text = "files are not compressed; leave it out")
@Hint(key = "flush_interval", text = "every batch is written at once; leave it out")
@Hint(key = "create_directory", text = "missing folders are always made; leave it out")
public record FileConfig(
        @Setting(
                doc = "The file to write; missing folders are made.",
                required = true,
                format = Setting.Format.NOT_EMPTY,
                example = "/var/lib/tscollector/metrics.jsonl")
        String path,

        @Setting(doc = "Whether a file that is there is kept and written on; otherwise it is emptied at start.")
        boolean append,

        @Setting(doc = "When the file is put aside and begun anew. Absent: never.") @Nullable
        Rotation rotation,

        @Setting(inline = true) DeliveryConfig delivery)
        implements Config {

    static FileConfig defaults() {
        return new FileConfig("", true, null, DeliveryConfig.defaults());
    }

    /** The section {@code rotation}. */
    public record Rotation(
            @Setting(
                    doc =
                            "Largest file in megabytes (of 1,048,576 bytes); the line that would exceed it begins the next.",
                    min = "1",
                    max = "1048576")
            int maxMegabytes,

            @Setting(doc = "Files that are kept besides the current one; the oldest goes first. 0: all.", min = "0")
            int maxBackups)
            implements Config {
        /** The Collector's defaults. */
        public static Rotation defaults() {
            return new Rotation(100, 100);
        }
    }
}
