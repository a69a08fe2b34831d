package tscollector.app.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tscollector.app.load.Configured;
import tscollector.app.load.ConfiguredPipeline;
import tscollector.component.BuildContext;
import tscollector.component.ComponentId;
import tscollector.component.Kind;
import tscollector.component.StartException;
import tscollector.config.Config;
import tscollector.connector.Connector;
import tscollector.connector.ConnectorBuilder;
import tscollector.connector.ConnectorFactory;
import tscollector.consumer.Consumer;
import tscollector.consumer.Consumers;
import tscollector.exporter.Exporter;
import tscollector.exporter.ExporterFactory;
import tscollector.extension.ExtensionFactory;
import tscollector.processor.Processor;
import tscollector.processor.ProcessorBuilder;
import tscollector.processor.ProcessorFactory;
import tscollector.receiver.ReceiverFactory;
import tscollector.signal.Batch;
import tscollector.signal.Signal;

/**
 * Turns a plan into components that know the consumers they feed, from the far end to the near one: exporters, then the pipelines
 * in the order in which connectors need them, then receivers. One thread.
 */
final class GraphBuilder {
    private final GraphPlan plan;
    private final Environment environment;
    private final List<Node> extensions = new ArrayList<>();
    private final Map<ComponentId, Exporter> exporters = new LinkedHashMap<>();
    private final List<Node> exporterNodes = new ArrayList<>();
    private final List<Node> middleNodes = new ArrayList<>(); // processors and connectors, the far ones first
    private final List<Node> receiverNodes = new ArrayList<>();
    private final Map<String, Consumers> entries = new HashMap<>(); // by name of the pipeline
    private final Map<String, Consumers> connectorInputs = new HashMap<>(); // by id and signals
    private final Set<String> underConstruction = new HashSet<>();

    GraphBuilder(GraphPlan plan, Environment environment) {
        this.plan = plan;
        this.environment = environment;
    }

    /** Builds everything; nothing is started. */
    void build() throws StartException {
        for (ComponentId id : plan.extensions()) {
            buildExtension(plan.component(Kind.EXTENSION, id));
        }
        for (Map.Entry<ComponentId, Set<Signal<?>>> wanted :
                wantedSignals(false).entrySet()) {
            buildExporter(plan.component(Kind.EXPORTER, wanted.getKey()), wanted.getValue());
        }
        for (ConfiguredPipeline pipeline : plan.pipelines()) {
            entry(pipeline, pipeline.signal());
        }
        for (Map.Entry<ComponentId, Set<Signal<?>>> wanted : wantedSignals(true).entrySet()) {
            buildReceiver(plan.component(Kind.RECEIVER, wanted.getKey()), wanted.getValue());
        }
    }

    List<Node> extensions() {
        return extensions;
    }

    List<Node> exporters() {
        return exporterNodes;
    }

    List<Node> middle() {
        return middleNodes;
    }

    List<Node> receivers() {
        return receiverNodes;
    }

    private <C extends Config> void buildExtension(Configured<C> component) {
        ExtensionFactory<C> factory = (ExtensionFactory<C>) component.factory();
        BuildContext context = environment.contextOf(Kind.EXTENSION, component.id());
        extensions.add(new Node(Kind.EXTENSION, component.id(), "", factory.create(context, component.config())));
    }

    private <C extends Config> void buildExporter(Configured<C> component, Set<Signal<?>> wanted)
            throws StartException {
        ExporterFactory<C> factory = (ExporterFactory<C>) component.factory();
        BuildContext context = environment.contextOf(Kind.EXPORTER, component.id());
        Exporter exporter;
        try {
            exporter = factory.create(context, component.config(), wanted);
        } catch (StartException e) {
            throw new StartException("cannot build exporter " + component.id() + ": " + e.getMessage(), e);
        }
        exporters.put(component.id(), exporter);
        exporterNodes.add(new Node(Kind.EXPORTER, component.id(), "", exporter));
    }

    private <C extends Config> void buildReceiver(Configured<C> component, Set<Signal<?>> wanted)
            throws StartException {
        ReceiverFactory<C> factory = (ReceiverFactory<C>) component.factory();
        Consumers next = Consumers.none();
        for (Signal<?> signal : wanted) {
            next = withPipelinesOf(next, component.id(), signal);
        }
        BuildContext context = environment.contextOf(Kind.RECEIVER, component.id());
        receiverNodes.add(
                new Node(Kind.RECEIVER, component.id(), "", factory.create(context, component.config(), next)));
    }

    private <B extends Batch> Consumers withPipelinesOf(Consumers consumers, ComponentId source, Signal<B> signal)
            throws StartException {
        return consumers.and(signal, edgeOf(Kind.RECEIVER, source, pipelinesFrom(source, signal)));
    }

    /** The one consumer that reaches every pipeline of {@code signal} that begins with {@code source}. */
    private <B extends Batch> Consumer<B> pipelinesFrom(ComponentId source, Signal<B> signal) throws StartException {
        List<Consumer<B>> begins = new ArrayList<>();
        for (ConfiguredPipeline pipeline : plan.pipelines()) {
            if (pipeline.signal() == signal && pipeline.receivers().contains(source)) {
                begins.add(entry(pipeline, signal));
            }
        }
        return FanOut.to(begins);
    }

    /** The first consumer of a pipeline, built with all behind it when it is first asked for. */
    private <B extends Batch> Consumer<B> entry(ConfiguredPipeline pipeline, Signal<B> signal) throws StartException {
        Consumers built = entries.get(pipeline.id());
        if (built == null) {
            if (!underConstruction.add(pipeline.id())) {
                throw new StartException("pipelines feed each other in a circle at " + pipeline.id());
            }
            built = Consumers.of(signal, buildPipeline(pipeline, signal));
            entries.put(pipeline.id(), built);
        }
        Consumer<B> entry = built.get(signal);
        if (entry == null) {
            throw new IllegalStateException("pipeline " + pipeline.id() + " was built for another signal");
        }
        return entry;
    }

    private <B extends Batch> Consumer<B> buildPipeline(ConfiguredPipeline pipeline, Signal<B> signal)
            throws StartException {
        List<Consumer<B>> exits = new ArrayList<>();
        for (ComponentId id : pipeline.exporters()) {
            exits.add(plan.isConnector(id) ? connectorInput(id, signal) : exporterInput(id, signal));
        }
        Consumer<B> next = FanOut.to(exits);
        List<ComponentId> backwards = new ArrayList<>(pipeline.processors());
        Collections.reverse(backwards);
        for (ComponentId id : backwards) {
            next = processor(plan.component(Kind.PROCESSOR, id), pipeline, signal, next);
        }
        return next;
    }

    private <B extends Batch> Consumer<B> exporterInput(ComponentId id, Signal<B> signal) {
        Exporter exporter = exporters.get(id);
        Consumer<B> input = exporter == null ? null : exporter.inputs().get(signal);
        if (input == null) {
            throw new IllegalStateException("exporter " + id + " offers no " + signal + " though its factory says so");
        }
        return edgeOf(Kind.EXPORTER, id, input);
    }

    private <C extends Config, B extends Batch> Consumer<B> processor(
            Configured<C> component, ConfiguredPipeline pipeline, Signal<B> signal, Consumer<B> next) {
        ProcessorFactory<C> factory = (ProcessorFactory<C>) component.factory();
        for (ProcessorBuilder<C, ?> candidate : factory.builders()) {
            if (candidate.signal() == signal) {
                @SuppressWarnings("unchecked") // the builder's signal is this very signal
                ProcessorBuilder<C, B> builder = (ProcessorBuilder<C, B>) candidate;
                BuildContext context = environment.contextOf(Kind.PROCESSOR, component.id());
                Processor<B> processor = builder.build().create(context, component.config(), next);
                middleNodes.add(new Node(Kind.PROCESSOR, component.id(), pipeline.id(), processor));
                return edgeOf(Kind.PROCESSOR, component.id(), processor);
            }
        }
        throw new IllegalStateException("processor " + component.id() + " cannot process " + signal);
    }

    private <B extends Batch> Consumer<B> connectorInput(ComponentId id, Signal<B> from) throws StartException {
        Set<Signal<?>> targets = new LinkedHashSet<>();
        for (ConfiguredPipeline pipeline : plan.pipelines()) {
            if (pipeline.receivers().contains(id)) {
                targets.add(pipeline.signal());
            }
        }
        List<Consumer<B>> inputs = new ArrayList<>();
        for (Signal<?> to : targets) {
            if (!joins(id, from, to)) {
                continue;
            }
            String key = id + " from " + from + " to " + to;
            Consumers known = connectorInputs.get(key);
            if (known == null) {
                known = Consumers.of(from, connector(plan.component(Kind.CONNECTOR, id), from, to, key));
                connectorInputs.put(key, known);
            }
            Consumer<B> input = known.get(from);
            if (input != null) {
                inputs.add(input);
            }
        }
        return FanOut.to(inputs);
    }

    private boolean joins(ComponentId id, Signal<?> from, Signal<?> to) {
        ConnectorFactory<?> factory =
                (ConnectorFactory<?>) plan.component(Kind.CONNECTOR, id).factory();
        return factory.builders().stream().anyMatch(builder -> builder.from() == from && builder.to() == to);
    }

    private <C extends Config, F extends Batch, T extends Batch> Consumer<F> connector(
            Configured<C> component, Signal<F> from, Signal<T> to, String pair) throws StartException {
        ConnectorFactory<C> factory = (ConnectorFactory<C>) component.factory();
        for (ConnectorBuilder<C, ?, ?> candidate : factory.builders()) {
            if (candidate.from() == from && candidate.to() == to) {
                @SuppressWarnings("unchecked") // the builder's signals are these very signals
                ConnectorBuilder<C, F, T> builder = (ConnectorBuilder<C, F, T>) candidate;
                Consumer<T> next = pipelinesFrom(component.id(), to);
                BuildContext context = environment.contextOf(Kind.CONNECTOR, component.id());
                Connector<F> connector = builder.build().create(context, component.config(), next);
                middleNodes.add(new Node(Kind.CONNECTOR, component.id(), pair, connector));
                return edgeOf(Kind.CONNECTOR, component.id(), connector);
            }
        }
        throw new IllegalStateException("connector " + component.id() + " does not connect " + from + " to " + to);
    }

    private <B extends Batch> Consumer<B> edgeOf(Kind kind, ComponentId id, Consumer<B> consumer) {
        return new Edge<>(consumer, environment.stats().of(kind, id, Environment.loggerOf(kind, id)));
    }

    /** The receivers, or the exporters, that pipelines name, each with the signals of these; connectors left out. */
    private Map<ComponentId, Set<Signal<?>>> wantedSignals(boolean ofReceivers) {
        Map<ComponentId, Set<Signal<?>>> wanted = new LinkedHashMap<>();
        for (ConfiguredPipeline pipeline : plan.pipelines()) {
            for (ComponentId id : ofReceivers ? pipeline.receivers() : pipeline.exporters()) {
                if (!plan.isConnector(id)) {
                    wanted.computeIfAbsent(id, any -> new LinkedHashSet<>()).add(pipeline.signal());
                }
            }
        }
        return wanted;
    }
}
