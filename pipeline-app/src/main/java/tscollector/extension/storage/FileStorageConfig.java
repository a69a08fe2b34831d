package tscollector.extension.storage;

import java.time.Duration;
import tscollector.config.Config;
import tscollector.config.Hint;
import tscollector.config.Setting;

/** Where state is kept. */
@Hint(key = "fsync", text = "leave it out: every change is forced to the disk")
@Hint(key = "compaction", text = "leave it out: a file never has more than its current state")
@Hint(key = "recreate", text = "leave it out: a damaged file is always put aside and its state begins empty")
@Hint(key = "directory_permissions", text = "leave it out: a directory that is made here gets mode 0750")
public record FileStorageConfig(
        @Setting(
                doc = "Directory for the state of this process alone; a relative one lies below the working directory.",
                required = true,
                format = Setting.Format.NOT_EMPTY,
                example = "/var/lib/tscollector")
        String directory,

        @Setting(doc = "Make the directory, and those above it, where it is missing (mode 0750).")
        boolean createDirectory,

        @Setting(
                doc =
                        "Longest time that a change may take to be on the disk. After that it has failed, and whoever wanted it tries again.",
                min = "100ms")
        Duration timeout)
        implements Config {

    static FileStorageConfig defaults() {
        return new FileStorageConfig("", true, Duration.ofSeconds(5));
    }
}
