package tscollector.app.load;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tscollector.component.ComponentId;
import tscollector.component.Factory;
import tscollector.component.Kind;
import tscollector.connector.ConnectorFactory;
import tscollector.exporter.ExporterFactory;
import tscollector.extension.ExtensionFactory;
import tscollector.processor.ProcessorFactory;
import tscollector.receiver.ReceiverFactory;
import tscollector.signal.Signal;

/** All component types there are, by kind and by every spelling of their names. Immutable. */
public final class ComponentCatalog {
    private final Map<Kind, Map<String, Factory<?>>> byName = new EnumMap<>(Kind.class);
    private final Map<String, Signal<?>> signals = new TreeMap<>();

    private ComponentCatalog(Iterable<? extends Factory<?>> factories) {
        List<String> faults = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            byName.put(kind, new TreeMap<>());
        }
        List.of(Signal.METRICS, Signal.LOGS).forEach(signal -> signals.put(signal.id(), signal));
        factories.forEach(factory -> add(factory, faults));
        if (!faults.isEmpty()) {
            throw new IllegalStateException(
                    "cannot use the components on the class path: " + String.join("; ", faults));
        }
    }

    /**
     * Finds the factories on the class path.
     *
     * @throws IllegalStateException if two have the same kind and name, or one is of no kind; with all of them in the message
     */
    public static ComponentCatalog load() {
        List<Factory<?>> factories = new ArrayList<>();
        try {
            for (Factory<?> factory : ServiceLoader.load(Factory.class)) {
                factories.add(factory);
            }
        } catch (ServiceConfigurationError e) {
            throw new IllegalStateException("cannot use the components on the class path: " + e.getMessage(), e);
        }
        return of(factories);
    }

    /**
     * A catalog of these.
     *
     * @throws IllegalStateException as {@link #load}
     */
    public static ComponentCatalog of(Iterable<? extends Factory<?>> factories) {
        return new ComponentCatalog(factories);
    }

    /** The factory with this name or alias. */
    public Optional<Factory<?>> find(Kind kind, String type) {
        return Optional.ofNullable(names(kind).get(type));
    }

    /** The same id with the type's own name, if the type is known. */
    public ComponentId canonical(Kind kind, ComponentId id) {
        return find(kind, id.type())
                .map(factory -> new ComponentId(factory.descriptor().type(), id.name()))
                .orElse(id);
    }

    /** The factories of a kind, sorted by type. */
    public List<Factory<?>> factories(Kind kind) {
        Map<String, Factory<?>> byType = new TreeMap<>();
        names(kind).values().forEach(factory -> byType.put(factory.descriptor().type(), factory));
        return List.copyOf(byType.values());
    }

    /** All factories, by kind and type. */
    public List<Factory<?>> factories() {
        List<Factory<?>> all = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            all.addAll(factories(kind));
        }
        return List.copyOf(all);
    }

    /** The names of the types of a kind, without aliases, sorted. */
    public Set<String> types(Kind kind) {
        Set<String> types = new TreeSet<>();
        names(kind).values().forEach(factory -> types.add(factory.descriptor().type()));
        return types;
    }

    /** All names and aliases of a kind. */
    Set<String> spellings(Kind kind) {
        return names(kind).keySet();
    }

    /** The id among {@code written}, in a section of the configuration, that means the same component; else {@code id}. */
    String spelling(String section, String id, Set<String> written) {
        for (Kind kind : Kind.values()) {
            if (kind.section().equals(section)) {
                Optional<ComponentId> meant = parsed(kind, id);
                return written.stream()
                        .filter(other -> meant.isPresent() && meant.equals(parsed(kind, other)))
                        .findFirst()
                        .orElse(id);
            }
        }
        return id;
    }

    private Optional<ComponentId> parsed(Kind kind, String id) {
        try {
            return Optional.of(canonical(kind, ComponentId.parse(id)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The signals that pipelines can have, by id. */
    public Map<String, Signal<?>> signals() {
        return new LinkedHashMap<>(signals);
    }

    private Map<String, Factory<?>> names(Kind kind) {
        return byName.getOrDefault(kind, Map.of());
    }

    private void add(Factory<?> factory, List<String> faults) {
        Kind kind = kind(factory);
        Kind said = factory.descriptor().kind();
        String type = factory.descriptor().type();
        if (kind == null || kind != said) {
            faults.add(factory.getClass().getName() + " says it makes the " + said.word() + " " + type + " and is "
                    + (kind == null ? "of no kind" : "a factory of " + kind.section()));
            return;
        }
        for (String name : factory.descriptor().names()) {
            Factory<?> other = names(kind).putIfAbsent(name, factory);
            if (other != null) {
                faults.add("two factories make the " + kind.word() + " " + name + ": "
                        + other.getClass().getName() + " and "
                        + factory.getClass().getName());
            }
        }
        factory.signals().forEach(signal -> signals.putIfAbsent(signal.id(), signal));
    }

    private static @Nullable Kind kind(Factory<?> factory) {
        if (factory instanceof ReceiverFactory) {
            return Kind.RECEIVER;
        }
        if (factory instanceof ProcessorFactory) {
            return Kind.PROCESSOR;
        }
        if (factory instanceof ExporterFactory) {
            return Kind.EXPORTER;
        }
        if (factory instanceof ConnectorFactory) {
            return Kind.CONNECTOR;
        }
        return factory instanceof ExtensionFactory ? Kind.EXTENSION : null;
    }
}
