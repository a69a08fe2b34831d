package tscollector.simulator;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A registered name with its versions; at least one while it is registered. Guarded by the store's lock. */
final class ModelEntry {
    private String defaultVersion;

    // The real server's type of map, so that describe shows all versions in its order.
    private final Map<String, VersionState> versions = new ConcurrentHashMap<>();

    ModelEntry(String defaultVersion) {
        this.defaultVersion = defaultVersion;
    }

    String defaultVersion() {
        return defaultVersion;
    }

    void makeDefault(String version) {
        defaultVersion = version;
    }

    Map<String, VersionState> versions() {
        return versions;
    }

    VersionState current() {
        VersionState state = versions.get(defaultVersion);
        if (state == null) {
            throw new IllegalStateException("no default version " + defaultVersion);
        }
        return state;
    }
}
