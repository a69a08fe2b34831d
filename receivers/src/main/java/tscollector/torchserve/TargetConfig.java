package tscollector.torchserve;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tscollector.config.Config;
import tscollector.config.Setting;
import tscollector.config.Shorthand;

/** One of several servers: a URL, or a section where it has an identity of its own. */
@Shorthand("endpoint")
public record TargetConfig(
        @Setting(doc = "The URL.", required = true, format = Setting.Format.HTTP_OR_UNIX_URL)
        String endpoint,

        @Setting(
                doc =
                        "Value of service.instance.id for this server; absent: host:port of its URL, or the path of the socket.",
                format = Setting.Format.NOT_EMPTY)
        @Nullable
        String instance,

        @Setting(
                doc = "Resource attributes of this server; they come on top of the receiver's and win.",
                example = "{deployment.environment.name: prod}")
        Map<String, String> resourceAttributes)
        implements Config {

    public TargetConfig {
        resourceAttributes = Collections.unmodifiableMap(new LinkedHashMap<>(resourceAttributes));
    }

    public static TargetConfig defaults() {
        return new TargetConfig("", null, Map.of());
    }
}
