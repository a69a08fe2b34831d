package tscollector.torchserve;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.resources.Resource;
import java.util.Map;
import java.util.TreeMap;

/**
 * One server as an OpenTelemetry resource: {@code service.name}, {@code service.instance.id}, {@code service.version} once it is
 * known, and what the user added, which wins. The same instance until the version becomes known or changes; APIs of one server
 * share this object or, in several receivers, through {@link #join} what is known of the version. Thread-safe.
 */
public final class ServerResource {
    private static final String NAME = "service.name";
    private static final String INSTANCE = "service.instance.id";
    private static final String VERSION = "service.version";

    private final Map<String, String> configured;
    private final Attributes official;
    private volatile KnownVersion known = new KnownVersion();
    private volatile Current current;

    /** The resource and the version it was built with. */
    private record Current(Resource resource, String version) {}

    /**
     * A server whose version is not known yet.
     *
     * @param instance value of {@code service.instance.id}
     * @param attributes the user's own
     */
    public ServerResource(String instance, Map<String, String> attributes) {
        this(instance, attributes, Attributes.empty());
    }

    /**
     * The same with what a Datadog instance adds.
     *
     * @param official see {@link OfficialConfig#resourceAttributes}; the user's own win
     */
    public ServerResource(String instance, Map<String, String> attributes, Attributes official) {
        this.official = official;
        this.configured = new TreeMap<>();
        configured.put(NAME, "torchserve");
        configured.put(INSTANCE, instance);
        configured.putAll(attributes);
        this.current = build("");
    }

    /** Shares what is known of the version with all receivers that watch the same server; before the first run. */
    public void join(KnownServers servers) {
        known = servers.version(build("").resource().getAttributes());
    }

    /** The resource as of now; take it once per run, for all groups of the run. */
    public Resource current() {
        Current latest = current;
        String version = known.version();
        return latest.version().equals(version) ? latest.resource() : renewed(version);
    }

    /** Tells the server's version; a new resource only if it differs from what was known and the user set none. */
    public void version(String newVersion) {
        known.version(newVersion);
    }

    KnownVersion known() {
        return known;
    }

    private synchronized Resource renewed(String version) {
        if (!current.version().equals(version)) {
            current = configured.containsKey(VERSION) ? new Current(current.resource(), version) : build(version);
        }
        return current.resource();
    }

    private Current build(String version) {
        AttributesBuilder attributes = official.toBuilder();
        if (!version.isEmpty()) {
            attributes.put(AttributeKey.stringKey(VERSION), version);
        }
        configured.forEach((key, value) -> attributes.put(AttributeKey.stringKey(key), value));
        return new Current(Resource.create(attributes.build()), version);
    }
}
