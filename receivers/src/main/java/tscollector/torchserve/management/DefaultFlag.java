package tscollector.torchserve.management;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tscollector.torchserve.management.Described.Version;

/** Says of a version whether it is the default one: 1, 0, or NaN if that cannot be told. */
interface DefaultFlag {
    double of(Version version);

    /** {@code defaultVersion} is it; null: nobody knows. */
    static DefaultFlag of(@Nullable String defaultVersion) {
        if (defaultVersion == null) {
            return version -> Double.NaN;
        }
        return version -> version.version().equals(defaultVersion) ? 1 : 0;
    }

    /** As the official check does: each version whose archive is the list's. */
    static DefaultFlag byUrl(@Nullable String listUrl) {
        return version -> Objects.equals(version.url(), listUrl) ? 1 : 0;
    }
}
