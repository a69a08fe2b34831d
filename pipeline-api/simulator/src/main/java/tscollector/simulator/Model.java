package tscollector.simulator;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A registered model at one moment.
 *
 * @param name any text
 * @param defaultVersion the version that serves requests which name none
 * @param versions by version, in no order
 */
public record Model(String name, String defaultVersion, Map<String, Version> versions) {

    /** Copies the versions. */
    public Model {
        versions = Map.copyOf(versions);
    }

    /** The default version. */
    public Version current() {
        return Objects.requireNonNull(versions.get(defaultVersion), defaultVersion);
    }

    /**
     * One version.
     *
     * @param settings what it was registered with; worker counts as scaled since
     * @param loadedAtStartup whether any version of this name was there when the server started and none was removed since
     * @param pendingRequests requests in the queue, the batch in work not counted
     * @param workers by age
     */
    public record Version(ModelSettings settings, boolean loadedAtStartup, int pendingRequests, List<Worker> workers) {

        /** Copies the workers. */
        public Version {
            workers = List.copyOf(workers);
        }
    }
}
