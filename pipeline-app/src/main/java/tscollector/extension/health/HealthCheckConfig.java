package tscollector.extension.health;

import tscollector.config.Config;
import tscollector.config.Hint;
import tscollector.config.Problems;
import tscollector.config.Setting;

/** Where probes are answered. */
@Hint(key = "response_body", text = "leave it out: the answer is always the JSON that the reference page shows")
@Hint(key = "check_collector_pipeline", text = "leave it out: it has no effect in the Collector either")
@Hint(key = "tls", text = "leave it out: probes are answered over plain HTTP")
@Hint(key = "auth", text = "leave it out: probes are answered to everybody who reaches the endpoint")
public record HealthCheckConfig(
        @Setting(
                doc =
                        "Address to listen on, host:port. For Kubernetes use the pod's address or 0.0.0.0; IPv6 addresses stand in brackets.",
                format = Setting.Format.HOST_PORT,
                example = "0.0.0.0:13133")
        String endpoint,

        @Setting(doc = "Path to answer on; / answers on every path.")
        String path)
        implements Config {

    static HealthCheckConfig defaults() {
        return new HealthCheckConfig("localhost:13133", "/");
    }

    @Override
    public void validate(Problems problems) {
        problems.check("endpoint", !endpoint.contains("://"), "must be host:port, without http://");
        problems.check("path", path.startsWith("/"), "must begin with /");
    }
}
