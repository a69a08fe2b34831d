package tscollector.extension.health;

import tscollector.component.BuildContext;
import tscollector.component.Descriptor;
import tscollector.component.Kind;
import tscollector.extension.Extension;
import tscollector.extension.ExtensionFactory;

/** Makes {@code health_check} extensions. */
public final class HealthCheckFactory implements ExtensionFactory<HealthCheckConfig> {
    private static final Descriptor<HealthCheckConfig> DESCRIPTOR = Descriptor.of(
                    Kind.EXTENSION,
                    "health_check",
                    "Answers health probes over HTTP: 200 while all components run, 503 before and while stopping.",
                    HealthCheckConfig.class,
                    HealthCheckConfig.defaults())
            .withDescription("""
                    The answer is JSON: `{"status":"Server available","upSince":"2026-01-01T00:00:00Z","uptime":"49.013s","components":[]}`.
                    `components` lists those in trouble with `kind`, `id`, `status` (`recoverable_error`, `permanent_error`) and `message`.
                    They do not change the code: a backend that is away is no reason to restart this process.""")
            .withExample("endpoint: 0.0.0.0:13133\n");

    @Override
    public Descriptor<HealthCheckConfig> descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public Extension create(BuildContext context, HealthCheckConfig config) {
        return new HealthCheckExtension(context, config);
    }
}
