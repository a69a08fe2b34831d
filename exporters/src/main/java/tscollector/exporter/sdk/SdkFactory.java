package tscollector.exporter.sdk;

import io.opentelemetry.sdk.autoconfigure.spi.logs.ConfigurableLogRecordExporterProvider;
import io.opentelemetry.sdk.autoconfigure.spi.metrics.ConfigurableMetricExporterProvider;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import tscollector.component.BuildContext;
import tscollector.component.Descriptor;
import tscollector.component.Kind;
import tscollector.component.Stability;
import tscollector.component.StartException;
import tscollector.config.Secret;
import tscollector.exporter.Exporter;
import tscollector.exporter.ExporterFactory;
import tscollector.signal.Signal;

/** {@code sdk}: sends through any exporter of the OpenTelemetry SDK that is on the class path. */
public final class SdkFactory implements ExporterFactory<SdkConfig> {
    private static final String DESCRIPTION = """
            Any exporter for the OpenTelemetry SDK of Java that has a provider for its autoconfiguration: put its jar into `lib/` and
            name it here. `otlp` is always there. Its settings go into `properties`; nothing is taken from the environment.

            The SDK's exporters say only whether a request succeeded: a failure is always tried again (`retry_on_failure`), and
            what a backend rejects of a request it otherwise takes cannot be counted. Numbers are cumulative: an exporter that
            prefers delta temporality is refused at start. For OTLP, use `otlp_grpc` or `otlp_http`, which see more.
            """;

    @Override
    public Descriptor<SdkConfig> descriptor() {
        return Descriptor.of(
                        Kind.EXPORTER,
                        "sdk",
                        "Sends metrics and logs through an exporter of the OpenTelemetry SDK by its name.",
                        SdkConfig.class,
                        SdkConfig.defaults())
                .withStability(Stability.ALPHA)
                .withDescription(DESCRIPTION)
                .withExample("""
                        exporter: otlp
                        properties:
                          otel.exporter.otlp.endpoint: http://127.0.0.1:4317
                        """);
    }

    @Override
    public Set<Signal<?>> signals() {
        return Set.of(Signal.METRICS, Signal.LOGS);
    }

    @Override
    public Exporter create(BuildContext context, SdkConfig config, Set<Signal<?>> wanted) throws StartException {
        SdkExporter exporter = new SdkExporter(context, config);
        GivenProperties properties = new GivenProperties(config.properties());
        if (wanted.contains(Signal.METRICS)) {
            ConfigurableMetricExporterProvider provider = Providers.named(
                    config.exporter(),
                    ConfigurableMetricExporterProvider.class,
                    ConfigurableMetricExporterProvider::getName,
                    "metrics",
                    context.logger());
            exporter.add(cumulative(config, built(config, () -> provider.createExporter(properties))));
        }
        if (wanted.contains(Signal.LOGS)) {
            ConfigurableLogRecordExporterProvider provider = Providers.named(
                    config.exporter(),
                    ConfigurableLogRecordExporterProvider.class,
                    ConfigurableLogRecordExporterProvider::getName,
                    "logs",
                    context.logger());
            exporter.add(built(config, () -> provider.createExporter(properties)));
        }
        return exporter;
    }

    private static <E> E built(SdkConfig config, Supplier<E> provider) throws StartException {
        try {
            return provider.get();
        } catch (RuntimeException | LinkageError e) {
            // Without the cause: providers quote what they were given, and that may be a secret.
            throw new StartException("the exporter \"" + config.exporter() + "\" cannot be made: " + masked(config, e));
        }
    }

    private static String masked(SdkConfig config, Throwable why) {
        String text = String.valueOf(why.getMessage());
        for (Secret value : config.properties().values()) {
            text = value.isEmpty() ? text : text.replace(value.reveal(), "****");
        }
        return text;
    }

    private static MetricExporter cumulative(SdkConfig config, MetricExporter exporter) throws StartException {
        for (InstrumentType type : InstrumentType.values()) {
            if (exporter.getAggregationTemporality(type) == AggregationTemporality.DELTA) {
                exporter.shutdown();
                throw new StartException("the exporter \"" + config.exporter() + "\" prefers delta temporality for "
                        + type.name().toLowerCase(Locale.ROOT).replace('_', ' ')
                        + " instruments, but the numbers here are cumulative; set its temporality preference to"
                        + " cumulative in properties, or use another exporter");
            }
        }
        return exporter;
    }
}
