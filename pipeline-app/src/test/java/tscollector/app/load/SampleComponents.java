package tscollector.app.load;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tscollector.component.BuildContext;
import tscollector.component.ComponentId;
import tscollector.component.Descriptor;
import tscollector.component.Factory;
import tscollector.component.Kind;
import tscollector.config.Config;
import tscollector.config.ConfigValue;
import tscollector.config.Problems;
import tscollector.config.Secret;
import tscollector.config.Setting;
import tscollector.config.Shorthand;
import tscollector.connector.ConnectorBuilder;
import tscollector.connector.ConnectorFactory;
import tscollector.consumer.Consumers;
import tscollector.exporter.Exporter;
import tscollector.exporter.ExporterFactory;
import tscollector.extension.Extension;
import tscollector.extension.ExtensionFactory;
import tscollector.kit.delivery.DeliveryConfig;
import tscollector.kit.http.HttpClientConfig;
import tscollector.kit.scrape.ScrapeConfig;
import tscollector.processor.ProcessorBuilder;
import tscollector.processor.ProcessorFactory;
import tscollector.receiver.Receiver;
import tscollector.receiver.ReceiverFactory;
import tscollector.signal.Signal;

/** Component types with settings like those of the real ones, and nothing behind them. */
final class SampleComponents {
    private SampleComponents() {}

    static ComponentCatalog catalog() {
        return ComponentCatalog.of(factories());
    }

    static List<Factory<?>> factories() {
        return List.of(
                new ReceiverType<>(
                        Descriptor.of(Kind.RECEIVER, "scrape", "Scrapes.", Scrape.class, Scrape.defaults())
                                .withAliases("scraper"),
                        Set.of(Signal.METRICS)),
                new ReceiverType<>(
                        Descriptor.of(Kind.RECEIVER, "manage", "Asks.", Manage.class, Manage.defaults()),
                        Set.of(Signal.METRICS, Signal.LOGS)),
                new ProcessorType<>(
                        Descriptor.of(Kind.PROCESSOR, "naming", "Names.", Naming.class, Naming.defaults()),
                        Set.of(Signal.METRICS)),
                new ProcessorType<>(
                        Descriptor.of(Kind.PROCESSOR, "diff", "Compares.", Diff.class, Diff.defaults()),
                        Set.of(Signal.LOGS)),
                new ProcessorType<>(
                        Descriptor.of(Kind.PROCESSOR, "batch", "Batches.", Nothing.class, new Nothing()),
                        Set.of(Signal.METRICS, Signal.LOGS)),
                new ExporterType<>(
                        Descriptor.of(Kind.EXPORTER, "otlp_http", "Sends.", Otlp.class, Otlp.defaults())
                                .withAliases("otlphttp")
                                .withExample("endpoint: http://127.0.0.1:4318"),
                        Set.of(Signal.METRICS, Signal.LOGS)),
                new ExporterType<>(
                        Descriptor.of(Kind.EXPORTER, "otlp_grpc", "Sends.", Grpc.class, Grpc.defaults())
                                .withAliases("otlp"),
                        Set.of(Signal.METRICS, Signal.LOGS)),
                new ExporterType<>(
                        Descriptor.of(Kind.EXPORTER, "debug", "Prints.", Debug.class, Debug.defaults()),
                        Set.of(Signal.METRICS, Signal.LOGS)),
                new ForwardType(),
                new ExtensionType<>(
                        Descriptor.of(Kind.EXTENSION, "file_storage", "Keeps.", Storage.class, Storage.defaults())),
                new ExtensionType<>(
                        Descriptor.of(Kind.EXTENSION, "health_check", "Tells.", Nothing.class, new Nothing())));
    }

    record Scrape(
            @Setting(doc = "One target.", format = Setting.Format.HTTP_URL) @Nullable
            String endpoint,

            @Setting(doc = "Several targets.") List<Target> endpoints,
            @Setting(doc = "Resource attributes.") Map<String, String> resourceAttributes,
            @Setting(inline = true) ScrapeConfig scrape,
            @Setting(inline = true) HttpClientConfig http)
            implements Config {
        static Scrape defaults() {
            return new Scrape(
                    "http://127.0.0.1:8082/metrics",
                    List.of(),
                    Map.of(),
                    ScrapeConfig.defaults(),
                    HttpClientConfig.defaults());
        }

        @Override
        public void validate(Problems problems) {
            if (endpoint != null && endpoint.matches("https?://[^/]*")) {
                problems.warn("endpoint", "has no path; TorchServe's is /metrics");
            }
        }
    }

    @Shorthand("endpoint")
    record Target(
            @Setting(doc = "Address.", required = true, format = Setting.Format.HTTP_URL)
            String endpoint,

            @Setting(doc = "Name.") @Nullable String instance)
            implements Config {
        static Target defaults() {
            return new Target("", null);
        }
    }

    record Manage(
            @Setting(doc = "Host.", format = Setting.Format.NOT_EMPTY)
            String host,

            @Setting(doc = "Ports.") Ports ports,
            @Setting(doc = "Models.") Models models,
            @Setting(inline = true) ScrapeConfig scrape,
            @Setting(inline = true) HttpClientConfig http)
            implements Config {
        static Manage defaults() {
            return new Manage(
                    "127.0.0.1",
                    new Ports(8081),
                    new Models(null, List.of(".*"), Duration.ZERO),
                    ScrapeConfig.defaults(),
                    HttpClientConfig.defaults());
        }
    }

    record Ports(
            @Setting(doc = "Management.", min = "1", max = "65535")
            int management) implements Config {}

    record Models(
            @Setting(doc = "Most models.", min = "1") @Nullable
            Integer limit,

            @Setting(doc = "Which.", format = Setting.Format.REGEX)
            List<String> include,

            @Setting(doc = "How long a list is used.", min = "0s")
            Duration refreshInterval)
            implements Config {
        @Override
        public void validate(Problems problems) {
            problems.check(
                    "include",
                    !include.isEmpty(),
                    "must not be empty, which would watch no model; leave it out for all");
        }
    }

    record Naming(@Setting(doc = "More metrics.") List<ConfigValue> extraMetrics) implements Config {
        static Naming defaults() {
            return new Naming(List.of());
        }
    }

    record Diff(
            @Setting(doc = "Where state is kept.") @Nullable ComponentId storage) implements Config {
        static Diff defaults() {
            return new Diff(null);
        }
    }

    record Otlp(
            @Setting(doc = "Address.", required = true, format = Setting.Format.HTTP_URL)
            String endpoint,

            @Setting(doc = "One request.", min = "1ms") Duration timeout,
            @Setting(doc = "Compression.") Compression compression,
            @Setting(doc = "A key.") @Nullable Secret key,
            @Setting(inline = true) HttpClientConfig http,
            @Setting(inline = true) DeliveryConfig delivery)
            implements Config {
        static Otlp defaults() {
            return new Otlp(
                    "",
                    Duration.ofSeconds(30),
                    Compression.GZIP,
                    null,
                    HttpClientConfig.defaults(),
                    DeliveryConfig.defaults());
        }
    }

    enum Compression {
        GZIP,
        NONE
    }

    record Grpc(
            @Setting(doc = "Address.", required = true, format = Setting.Format.HOST_PORT)
            String endpoint,

            @Setting(inline = true) HttpClientConfig http)
            implements Config {
        static Grpc defaults() {
            return new Grpc("", HttpClientConfig.defaults());
        }
    }

    record Debug(@Setting(doc = "How much.") Verbosity verbosity) implements Config {
        static Debug defaults() {
            return new Debug(Verbosity.BASIC);
        }
    }

    enum Verbosity {
        BASIC,
        NORMAL,
        DETAILED
    }

    record Storage(
            @Setting(doc = "Folder.", format = Setting.Format.NOT_EMPTY)
            String directory) implements Config {
        static Storage defaults() {
            return new Storage("state");
        }
    }

    record Nothing() implements Config {}

    record ReceiverType<C extends Config>(Descriptor<C> descriptor, Set<Signal<?>> signals)
            implements ReceiverFactory<C> {
        @Override
        public Receiver create(BuildContext context, C config, Consumers next) {
            throw new UnsupportedOperationException();
        }
    }

    record ExporterType<C extends Config>(Descriptor<C> descriptor, Set<Signal<?>> signals)
            implements ExporterFactory<C> {
        @Override
        public Exporter create(BuildContext context, C config, Set<Signal<?>> wanted) {
            throw new UnsupportedOperationException();
        }
    }

    record ExtensionType<C extends Config>(Descriptor<C> descriptor) implements ExtensionFactory<C> {
        @Override
        public Extension create(BuildContext context, C config) {
            throw new UnsupportedOperationException();
        }
    }

    record ProcessorType<C extends Config>(Descriptor<C> descriptor, Set<Signal<?>> signals)
            implements ProcessorFactory<C> {
        @Override
        public List<ProcessorBuilder<C, ?>> builders() {
            return List.of();
        }
    }

    record ForwardType() implements ConnectorFactory<Nothing> {
        @Override
        public Descriptor<Nothing> descriptor() {
            return Descriptor.of(Kind.CONNECTOR, "forward", "Leads on.", Nothing.class, new Nothing());
        }

        @Override
        public List<ConnectorBuilder<Nothing, ?, ?>> builders() {
            return List.of(
                    new ConnectorBuilder<>(Signal.METRICS, Signal.METRICS, (context, config, next) -> {
                        throw new UnsupportedOperationException();
                    }),
                    new ConnectorBuilder<>(Signal.LOGS, Signal.LOGS, (context, config, next) -> {
                        throw new UnsupportedOperationException();
                    }));
        }
    }
}
