package tscollector.exporter.datadog;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.resources.Resource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which host what is sent belongs to: the one its resource names, else the exporter's. */
final class HostNames {
    static final AttributeKey<String> HOST = AttributeKey.stringKey("datadog.host.name");

    /** Names that say nothing; the Agent discards them too. */
    private static final Set<String> INVALID = Set.of(
            "",
            "0.0.0.0",
            "127.0.0.1",
            "localhost",
            "localhost.localdomain",
            "localhost6.localdomain6",
            "ip6-localhost");

    private final String fallback;

    HostNames(String fallback) {
        this.fallback = fallback;
    }

    /** With the exporter's host from its settings, or this machine's. */
    static HostNames of(DatadogConfig config) {
        String named = config.hostname() == null ? "" : config.hostname().strip();
        return new HostNames(named.isEmpty() ? machine() : named);
    }

    /** The exporter's own host; empty if nobody knows one. */
    String fallback() {
        return fallback;
    }

    /** The host of what this resource sends; empty for none. */
    String of(Resource resource) {
        String named = named(resource);
        if (named == null) {
            return fallback;
        }
        return named.isEmpty() || isValid(named) ? named : fallback;
    }

    /** In the order of Datadog's own mapping; that there be no host is a wish of ours, and comes first. */
    private static @Nullable String named(Resource resource) {
        String chosen = resource.getAttribute(HOST);
        if (chosen != null && chosen.isEmpty()) {
            return chosen;
        }
        String plain = CloudHost.text(resource, "host");
        if (plain != null) {
            return plain;
        }
        return chosen == null ? CloudHost.of(resource) : chosen;
    }

    static boolean isValid(String name) {
        return !INVALID.contains(name) && name.length() <= 255;
    }

    /** From the kernel where it tells, since a name service may be slow or know another name. */
    private static String machine() {
        try {
            String kernel =
                    Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
            if (isValid(kernel)) {
                return kernel;
            }
        } catch (IOException | RuntimeException e) {
            // not Linux
        }
        try {
            String name = InetAddress.getLocalHost().getHostName();
            return isValid(name) ? name : "";
        } catch (UnknownHostException e) {
            return "";
        }
    }
}
