package tscollector.app.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import tscollector.app.load.Configured;
import tscollector.app.load.ConfiguredPipeline;
import tscollector.component.BuildContext;
import tscollector.component.Component;
import tscollector.component.ComponentId;
import tscollector.component.Deadline;
import tscollector.component.Descriptor;
import tscollector.component.Factory;
import tscollector.component.Host;
import tscollector.component.Kind;
import tscollector.component.StartException;
import tscollector.config.Config;
import tscollector.connector.Connector;
import tscollector.connector.ConnectorBuilder;
import tscollector.connector.ConnectorFactory;
import tscollector.consumer.Consumer;
import tscollector.consumer.Consumers;
import tscollector.consumer.DeliveryException;
import tscollector.exporter.Exporter;
import tscollector.exporter.ExporterFactory;
import tscollector.extension.Extension;
import tscollector.extension.ExtensionFactory;
import tscollector.processor.Processor;
import tscollector.processor.ProcessorBuilder;
import tscollector.processor.ProcessorFactory;
import tscollector.receiver.Receiver;
import tscollector.receiver.ReceiverFactory;
import tscollector.signal.Batch;
import tscollector.signal.LogBatch;
import tscollector.signal.MetricBatch;
import tscollector.signal.Signal;
import tscollector.testkit.CollectingConsumer;

/** A set of component types that write down their lives, for tests of the graph. */
final class TestComponents {
    record NoConfig() implements Config {}

    final List<String> life = Collections.synchronizedList(new ArrayList<>());
    final Map<String, Consumers> receivers = new TreeMap<>();
    final Map<String, CollectingConsumer<MetricBatch>> metricExporters = new TreeMap<>();
    final Map<String, CollectingConsumer<LogBatch>> logExporters = new TreeMap<>();
    Supplier<StartException> startFailure = () -> null;
    String failing = "";
    Runnable onShutdown = () -> {};

    private static Descriptor<NoConfig> descriptor(Kind kind) {
        return Descriptor.of(kind, "test", "A test component.", NoConfig.class, new NoConfig());
    }

    private class Living implements Component {
        private final String name;

        Living(String name) {
            this.name = name;
        }

        @Override
        public void start(Host host) throws StartException {
            life.add("start " + name);
            if (failing.equals(name)) {
                throw startFailure.get();
            }
        }

        @Override
        public void shutdown(Deadline deadline) {
            onShutdown.run();
            life.add("stop " + name);
        }
    }

    final class ReceiverType implements ReceiverFactory<NoConfig> {
        @Override
        public Descriptor<NoConfig> descriptor() {
            return TestComponents.descriptor(Kind.RECEIVER);
        }

        @Override
        public Set<Signal<?>> signals() {
            return Set.of(Signal.METRICS, Signal.LOGS);
        }

        @Override
        public Receiver create(BuildContext context, NoConfig config, Consumers next) {
            receivers.put(context.id().toString(), next);
            class Source extends Living implements Receiver {
                Source() {
                    super("receiver " + context.id());
                }
            }
            return new Source();
        }
    }

    private final class Passing<B extends Batch> extends Living implements Processor<B>, Connector<B> {
        private final Consumer<B> next;
        private final String name;

        Passing(String name, Consumer<B> next) {
            super(name);
            this.name = name;
            this.next = next;
        }

        @Override
        public void consume(B batch) throws DeliveryException {
            if (name.endsWith("/defect")) {
                throw new IllegalStateException("broken");
            }
            life.add("through " + name);
            next.consume(batch);
        }
    }

    final class ProcessorType implements ProcessorFactory<NoConfig> {
        @Override
        public Descriptor<NoConfig> descriptor() {
            return TestComponents.descriptor(Kind.PROCESSOR);
        }

        @Override
        public List<ProcessorBuilder<NoConfig, ?>> builders() {
            return List.of(
                    new ProcessorBuilder<>(
                            Signal.METRICS,
                            (context, config, next) -> new Passing<>("processor " + context.id(), next)),
                    new ProcessorBuilder<>(
                            Signal.LOGS, (context, config, next) -> new Passing<>("processor " + context.id(), next)));
        }
    }

    final class ConnectorType implements ConnectorFactory<NoConfig> {
        @Override
        public Descriptor<NoConfig> descriptor() {
            return TestComponents.descriptor(Kind.CONNECTOR);
        }

        @Override
        public List<ConnectorBuilder<NoConfig, ?, ?>> builders() {
            return List.of(new ConnectorBuilder<>(
                    Signal.METRICS,
                    Signal.METRICS,
                    (context, config, next) -> new Passing<>("connector " + context.id(), next)));
        }
    }

    final class ExporterType implements ExporterFactory<NoConfig> {
        @Override
        public Descriptor<NoConfig> descriptor() {
            return TestComponents.descriptor(Kind.EXPORTER);
        }

        @Override
        public Set<Signal<?>> signals() {
            return Set.of(Signal.METRICS, Signal.LOGS);
        }

        @Override
        public Exporter create(BuildContext context, NoConfig config, Set<Signal<?>> wanted) {
            CollectingConsumer<MetricBatch> metrics = CollectingConsumer.metrics();
            CollectingConsumer<LogBatch> logs = CollectingConsumer.logs();
            metricExporters.put(context.id().toString(), metrics);
            logExporters.put(context.id().toString(), logs);
            Consumers inputs = Consumers.of(Signal.METRICS, metrics).and(Signal.LOGS, logs);
            class Sink extends Living implements Exporter {
                Sink() {
                    super("exporter " + context.id());
                }

                @Override
                public Consumers inputs() {
                    return inputs;
                }
            }
            return new Sink();
        }
    }

    @SuppressWarnings("ClassCanBeStatic") // what it makes writes into this one's list
    final class ExtensionType implements ExtensionFactory<NoConfig> {
        @Override
        public Descriptor<NoConfig> descriptor() {
            return TestComponents.descriptor(Kind.EXTENSION);
        }

        @Override
        public Extension create(BuildContext context, NoConfig config) {
            class Side extends Living implements Extension {
                Side() {
                    super("extension " + context.id());
                }
            }
            return new Side();
        }
    }

    /** A plan whose components are all of type {@code test}; pipelines as {@code name: receivers -> processors -> exporters}. */
    GraphPlan plan(String... pipelines) {
        Map<Kind, Map<ComponentId, Configured<?>>> components = new EnumMap<>(Kind.class);
        add(components, Kind.EXTENSION, new ExtensionType(), "test/e");
        List<ConfiguredPipeline> parsed = new ArrayList<>();
        for (String text : pipelines) {
            String[] parts = text.split(" *(: |->) *", -1);
            List<ComponentId> from = ids(parts[1]);
            List<ComponentId> through = ids(parts[2]);
            List<ComponentId> to = ids(parts[3]);
            from.forEach(id -> addSourceOrSink(components, Kind.RECEIVER, id));
            through.forEach(id -> add(components, Kind.PROCESSOR, new ProcessorType(), id.toString()));
            to.forEach(id -> addSourceOrSink(components, Kind.EXPORTER, id));
            String name = parts[0];
            int slash = name.indexOf('/');
            Signal<?> signal = name.startsWith("logs") ? Signal.LOGS : Signal.METRICS;
            parsed.add(new ConfiguredPipeline(signal, slash < 0 ? "" : name.substring(slash + 1), from, through, to));
        }
        return new GraphPlan(components, List.of(ComponentId.parse("test/e")), parsed);
    }

    private void addSourceOrSink(Map<Kind, Map<ComponentId, Configured<?>>> components, Kind kind, ComponentId id) {
        if (id.name().startsWith("join")) {
            add(components, Kind.CONNECTOR, new ConnectorType(), id.toString());
        } else if (kind == Kind.RECEIVER) {
            add(components, kind, new ReceiverType(), id.toString());
        } else {
            add(components, kind, new ExporterType(), id.toString());
        }
    }

    private static void add(
            Map<Kind, Map<ComponentId, Configured<?>>> components, Kind kind, Factory<NoConfig> factory, String id) {
        components
                .computeIfAbsent(kind, any -> new HashMap<>())
                .put(ComponentId.parse(id), new Configured<>(ComponentId.parse(id), factory, new NoConfig()));
    }

    private static List<ComponentId> ids(String text) {
        List<ComponentId> ids = new ArrayList<>();
        for (String name : text.isBlank() ? new String[0] : text.trim().split(" +")) {
            ids.add(ComponentId.parse("test/" + name));
        }
        return ids;
    }
}
