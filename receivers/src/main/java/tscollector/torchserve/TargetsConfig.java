package tscollector.torchserve;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tscollector.component.BuildContext;
import tscollector.config.Config;
import tscollector.config.Problems;
import tscollector.config.Setting;
import tscollector.kit.http.HttpClientConfig;
import tscollector.kit.http.UnixUrl;
import tscollector.kit.scrape.ScrapeLoop;
import tscollector.kit.scrape.Scraper;

/** Which addresses a receiver asks and what the servers behind them are called, flat in its component. */
public record TargetsConfig(
        @Setting(
                doc =
                        "The URL to ask; for several servers, endpoints. User and password in it are sent as HTTP Basic and shown nowhere. Behind a Unix socket: unix:///run/ts.sock/PATH.",
                format = Setting.Format.HTTP_OR_UNIX_URL)
        @Nullable
        String endpoint,

        @Setting(
                doc =
                        "The URLs of several servers; an entry may also be a section with endpoint, instance and resource_attributes.",
                example = "[http://gpu-1:8080, {endpoint: 'http://gpu-2:8080', instance: gpu-2}]")
        List<TargetConfig> endpoints,

        @Setting(
                doc =
                        "Value of service.instance.id; absent: host:port of the URL, or the path of the socket. Give receivers that watch one server the same.",
                format = Setting.Format.NOT_EMPTY,
                example = "gpu-1:8080")
        @Nullable
        String instance,

        @Setting(
                doc = "Resource attributes of every server; service.name is torchserve unless it is set here.",
                example = "{deployment.environment.name: prod}")
        Map<String, String> resourceAttributes)
        implements Config {

    public TargetsConfig {
        endpoints = List.copyOf(endpoints);
        resourceAttributes = Collections.unmodifiableMap(new LinkedHashMap<>(resourceAttributes));
    }

    public static TargetsConfig defaults() {
        return new TargetsConfig(null, List.of(), null, Map.of());
    }

    @Override
    public void validate(Problems problems) {
        if (endpoint == null && endpoints.isEmpty()) {
            problems.add("endpoint", "is required: the URL of the server; for several, endpoints");
        }
        if (endpoint != null && !endpoints.isEmpty()) {
            problems.add("endpoints", "and endpoint exclude each other");
        }
        if (instance != null && endpoints.size() > 1) {
            problems.add("instance", "would be the same for several servers; write {endpoint, instance} in endpoints");
        }
        Set<String> asked = new HashSet<>();
        Set<String> shown = new HashSet<>();
        for (int i = 0; i < endpoints.size(); i++) {
            TargetConfig one = endpoints.get(i);
            String asks = same(one.endpoint());
            boolean looksLikeAnother =
                    !shown.add(asks.split("\\?", 2)[0] + " " + one.instance() + one.resourceAttributes());
            if (!asked.add(asks)) {
                problems.add("endpoints[" + i + "]", "is there twice");
            } else if (looksLikeAnother) {
                problems.warn(
                        "endpoints[" + i + "]",
                        "differs from another one in its query alone, which no series shows; give each its own instance");
            }
        }
    }

    /** Adds a mistake for each URL with a user of its own, if requests already prove who they are in a way that cannot be mixed with it. */
    public void checkUsers(HttpClientConfig http, Problems problems) {
        if (http.auth() == null || http.auth().digest() == null) {
            return;
        }
        List<TargetConfig> all = endpoint == null ? endpoints : List.of(new TargetConfig(endpoint, instance, Map.of()));
        for (int i = 0; i < all.size(); i++) {
            problems.check(
                    endpoint == null ? "endpoints[" + i + "]" : "endpoint",
                    !hasUser(all.get(i).endpoint()),
                    "holds a user and auth.digest another; with digest authorisation write them into auth.digest alone");
        }
    }

    private static boolean hasUser(String url) {
        try {
            return URI.create(url).getRawUserInfo() != null;
        } catch (IllegalArgumentException e) {
            return false; // another check complains
        }
    }

    /** The targets, in the order they are configured; only of a config without mistakes. */
    public List<Target> targets(OfficialConfig official) {
        List<TargetConfig> all = endpoint == null ? endpoints : List.of(new TargetConfig(endpoint, instance, Map.of()));
        List<Target> targets = new ArrayList<>();
        for (TargetConfig one : all) {
            Map<String, String> attributes = new LinkedHashMap<>(resourceAttributes);
            attributes.putAll(one.resourceAttributes());
            String name = one.instance() != null ? one.instance() : instance;
            URI uri = URI.create(one.endpoint());
            ServerResource server = new ServerResource(
                    name != null ? name : Target.hostAndPort(uri), attributes, official.resourceAttributes());
            targets.add(Target.of(one.endpoint(), server, official.isStrict()));
        }
        return targets;
    }

    /** The targets as one loop; their servers become known to the other receivers of the collector. */
    public List<ScrapeLoop.Target> loop(
            OfficialConfig official, BuildContext context, Function<Target, Scraper> scraper) {
        List<ScrapeLoop.Target> loop = new ArrayList<>();
        for (Target target : targets(official)) {
            target.server().join(KnownServers.of(context));
            loop.add(new ScrapeLoop.Target(target.site(), scraper.apply(target)));
        }
        return loop;
    }

    /** The same text for URLs that ask the same: case of the host, the scheme's own port, a final slash and users do not count. */
    private static String same(String url) {
        try {
            URI uri = URI.create(url);
            UnixUrl unix = UnixUrl.of(uri);
            if (unix != null) {
                return "unix://" + unix.socket() + unix.target();
            }
            if (uri.getRawAuthority() == null || uri.getScheme() == null) {
                return url; // another check complains
            }
            String path = uri.getRawPath() == null ? "" : uri.getRawPath();
            return uri.getScheme().toLowerCase(Locale.ROOT)
                    + "://"
                    + Target.hostAndPort(uri)
                    + (path.endsWith("/") ? path.substring(0, path.length() - 1) : path)
                    + "?"
                    + uri.getRawQuery();
        } catch (IllegalArgumentException e) {
            return url; // another check complains
        }
    }
}
