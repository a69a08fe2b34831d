package tscollector.simulator;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** What the builder collects; not changed once the server exists. */
final class ServerConfig {
    private final Map<Api, Integer> ports = new EnumMap<>(Api.class);
    private final Map<String, ModelSettings> archives = new HashMap<>();
    private final List<MetricFamily> families = new ArrayList<>();
    boolean oneAddress;
    boolean modelApi;
    int gpus;
    long seed = 1;
    MetricsMode mode = MetricsMode.PROMETHEUS;
    Charset charset = StandardCharsets.UTF_8;
    InstantSource clock = InstantSource.system();
    ZoneId zone = ZoneOffset.UTC;
    String hostname = "ts-host";
    String version = "0.12.0";
    Duration nvidiaSmi = Duration.ZERO;
    Duration tokenLifetime = Duration.ofMinutes(60);

    @Nullable
    Path keyFile;

    @Nullable
    SSLContext tls;

    void port(Api api, int port) {
        ports.put(api, port);
    }

    int port(Api api) {
        return ports.getOrDefault(api, 0);
    }

    void archive(ModelSettings settings) {
        if (settings.url() == null) {
            throw new IllegalArgumentException("cannot offer archive of " + settings.name() + ": it has no url");
        }
        archives.put(settings.url(), settings);
    }

    Map<String, ModelSettings> archives() {
        return archives;
    }

    void family(MetricFamily family) {
        families.add(family);
    }

    List<MetricFamily> families() {
        return families;
    }

    ZoneId zone() {
        return zone;
    }

    boolean modelApi() {
        return modelApi;
    }

    String version() {
        return version;
    }
}
