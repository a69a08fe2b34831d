package tscollector.receiver.torchserve;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tscollector.config.Config;
import tscollector.config.Problems;
import tscollector.config.Setting;
import tscollector.config.Shorthand;
import tscollector.exposition.ExpositionLimits;
import tscollector.kit.http.HttpClientConfig;
import tscollector.kit.scrape.ScrapeConfig;
import tscollector.torchserve.OfficialConfig;
import tscollector.torchserve.management.ModelsConfig;

/** Settings of the receiver {@code torchserve}. */
public record TorchServeConfig(
        @Setting(doc = "Host name or IP address of the server; for several, hosts.", example = "127.0.0.1") @Nullable
        String host,

        @Setting(
                doc =
                        "Host names or IP addresses of several servers; an entry may also be a section with host, instance and resource_attributes.",
                example = "[gpu-1, {host: gpu-2, instance: gpu-2}]")
        List<HostConfig> hosts,

        @Setting(doc = "The ports of the three APIs, the same on each host.")
        Ports ports,

        @Setting(doc = "How all three APIs are asked.") Scheme scheme,

        @Setting(
                doc = "Value of service.instance.id; absent: host and inference port.",
                format = Setting.Format.NOT_EMPTY)
        @Nullable
        String instance,

        @Setting(
                doc = "Resource attributes of every server; service.name is torchserve unless it is set here.",
                example = "{deployment.environment.name: prod}")
        Map<String, String> resourceAttributes,

        @Setting(inline = true) ScrapeConfig scrape,

        @Setting(
                doc =
                        "Bounds a whole run against the management API, list and all describes. Absent: it takes as long as it takes.",
                min = "1ms")
        @Nullable
        Duration runTimeout,

        @Setting(doc = "Which models are described, and how often.")
        ModelsConfig models,

        @Setting(inline = true) OfficialConfig official,

        @Setting(inline = true) HttpClientConfig http,
        @Setting(inline = true) ExpositionLimits limits)
        implements Config {

    private static final Pattern NAME_OR_IPV4 = Pattern.compile("[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,253})");
    private static final Pattern IPV6 =
            Pattern.compile("\\[[0-9A-Fa-f:.]{2,45}]|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    public TorchServeConfig {
        hosts = List.copyOf(hosts);
        resourceAttributes = Collections.unmodifiableMap(new LinkedHashMap<>(resourceAttributes));
    }

    /** How an API is asked. */
    public enum Scheme {
        HTTP,
        HTTPS;

        /** The part of a URL before the colon. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Section {@code ports}. */
    public record Ports(
            @Setting(doc = "Port of the inference API.", min = "1", max = "65535")
            int inference,

            @Setting(doc = "Port of the management API.", min = "1", max = "65535")
            int management,

            @Setting(doc = "Port of the metrics API.", min = "1", max = "65535")
            int metrics)
            implements Config {
        public static Ports defaults() {
            return new Ports(8080, 8081, 8082);
        }
    }

    /** One of several servers: a host name, or a section where it has an identity of its own. */
    @Shorthand("host")
    public record HostConfig(
            @Setting(doc = "Host name or IP address.", required = true)
            String host,

            @Setting(
                    doc = "Value of service.instance.id for this server; absent: host and inference port.",
                    format = Setting.Format.NOT_EMPTY)
            @Nullable
            String instance,

            @Setting(
                    doc = "Resource attributes of this server; they come on top of the receiver's and win.",
                    example = "{deployment.environment.name: prod}")
            Map<String, String> resourceAttributes)
            implements Config {

        public HostConfig {
            resourceAttributes = Collections.unmodifiableMap(new LinkedHashMap<>(resourceAttributes));
        }

        public static HostConfig defaults() {
            return new HostConfig("", null, Map.of());
        }
    }

    static TorchServeConfig defaults() {
        return new TorchServeConfig(
                null,
                List.of(),
                Ports.defaults(),
                Scheme.HTTP,
                null,
                Map.of(),
                ScrapeConfig.defaults(),
                null,
                ModelsConfig.defaults(),
                OfficialConfig.defaults(),
                HttpClientConfig.defaults(),
                ExpositionLimits.defaults());
    }

    @Override
    public void validate(Problems problems) {
        if (host == null && hosts.isEmpty()) {
            problems.add("host", "is required: the server's host name or IP address; for several, hosts");
        }
        if (host != null && !hosts.isEmpty()) {
            problems.add("hosts", "and host exclude each other");
        }
        if (host != null) {
            checkHost("host", host, problems);
        }
        if (instance != null && hosts.size() > 1) {
            problems.add("instance", "would be the same for several servers; write {host, instance} in hosts");
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < hosts.size(); i++) {
            String name = hosts.get(i).host();
            checkHost("hosts[" + i + "]", name, problems);
            problems.check("hosts[" + i + "]", seen.add(inUrl(name).toLowerCase(Locale.ROOT)), "is there twice");
        }
    }

    /** The servers, in the order they are configured; only of a config without mistakes. */
    List<HostConfig> servers() {
        List<HostConfig> all = host == null ? hosts : List.of(new HostConfig(host, instance, Map.of()));
        List<HostConfig> servers = new ArrayList<>();
        for (HostConfig one : all) {
            Map<String, String> attributes = new LinkedHashMap<>(resourceAttributes);
            attributes.putAll(one.resourceAttributes());
            String name = one.instance() != null ? one.instance() : instance;
            servers.add(new HostConfig(
                    one.host(), name != null ? name : inUrl(one.host()) + ":" + ports.inference(), attributes));
        }
        return servers;
    }

    /** The base URL of one API of a host. */
    String url(String hostName, int port) {
        return scheme.word() + "://" + inUrl(hostName) + ":" + port;
    }

    private static void checkHost(String where, String host, Problems problems) {
        problems.check(
                where,
                NAME_OR_IPV4.matcher(host).matches() || IPV6.matcher(host).matches(),
                "must be a host name or an IP address, without scheme, port and path");
    }

    /** An IPv6 address stands in brackets in a URL. */
    private static String inUrl(String host) {
        return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    }
}
