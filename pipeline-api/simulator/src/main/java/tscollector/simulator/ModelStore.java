package tscollector.simulator;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The registered models, their versions and workers, and the host's gauges. Thread-safe: one lock for everything in it; the
 * registry's lock may be taken inside, never the other way round.
 */
final class ModelStore {
    /** What the list shows of a model. */
    record Listed(String name, String url) {}

    private final Object lock = new Object();
    private final InstantSource clock;
    private final MetricRegistry registry;
    private final HostMetrics host;
    private final WorkerSpawner spawner;
    private final Map<String, ModelEntry> models = new TreeMap<>();

    // What loadedAtStartup goes by. The real server forgets a name as soon as any version of it is removed.
    private final Set<String> startupNames = new HashSet<>();

    private boolean started;
    private boolean unhealthy;

    ModelStore(InstantSource clock, long seed, MetricRegistry registry, String hostname, int gpus) {
        this.clock = clock;
        Random random = new Random(seed);
        this.registry = registry;
        this.spawner = new WorkerSpawner(clock, random, registry, hostname);
        this.host = new HostMetrics(registry, hostname, gpus, random);
        // The first collection comes before the first worker is up: gauges are there, memoryUsage is still 0.
        host.collect();
    }

    void started() {
        synchronized (lock) {
            started = true;
        }
    }

    void register(ModelSettings settings, boolean loading) {
        synchronized (lock) {
            ModelEntry entry = models.get(settings.name());
            if (entry != null && entry.versions().containsKey(settings.version())) {
                throw new ApiFailure(
                        409,
                        "ConflictStatusException",
                        "Model version " + settings.version() + " is already registered for model " + settings.name());
            }
            if (!started) {
                startupNames.add(settings.name());
            }
            if (entry == null) {
                entry = new ModelEntry(settings.version());
                models.put(settings.name(), entry);
            }
            VersionState version = new VersionState(settings);
            entry.versions().put(settings.version(), version);
            for (int i = 0; i < settings.minWorkers(); i++) {
                spawner.add(version, loading);
            }
        }
    }

    void setDefault(String name, String version) {
        synchronized (lock) {
            ModelEntry entry = entry(name);
            if (!entry.versions().containsKey(version)) {
                throw new ApiFailure(
                        404,
                        "ModelVersionNotFoundException",
                        "Model version " + version + " does not exist for model " + name);
            }
            entry.makeDefault(version);
        }
    }

    /** Removes one version, the default one when none is named; the default goes last. */
    void unregister(String name, @Nullable String version) {
        synchronized (lock) {
            ModelEntry entry = entry(name);
            String gone = version == null ? entry.defaultVersion() : version;
            version(name, gone);
            if (gone.equals(entry.defaultVersion()) && entry.versions().size() > 1) {
                throw new ApiFailure(
                        403, "InvalidModelVersionException", "Cannot remove default version for model " + name);
            }
            entry.versions().remove(gone);
            startupNames.remove(name);
            if (entry.versions().isEmpty()) {
                models.remove(name);
            }
        }
    }

    void remove(String name) {
        synchronized (lock) {
            entry(name);
            models.remove(name);
            startupNames.remove(name);
        }
    }

    void scale(String name, @Nullable String version, int min, int max) {
        synchronized (lock) {
            VersionState state = version(name, version);
            state.scaled(min, max);
            while (state.workers().size() < min) {
                spawner.add(state, false);
            }
            while (state.workers().size() > max) {
                state.workers().remove(state.workers().size() - 1);
            }
        }
    }

    void kill(String name, @Nullable String version, String workerId) {
        synchronized (lock) {
            VersionState state = version(name, version);
            int index = state.indexOf(workerId);
            state.workers().set(index, state.workers().get(index).died(clock.instant()));
        }
    }

    void recover(String name, @Nullable String version, String workerId) {
        synchronized (lock) {
            VersionState state = version(name, version);
            int index = state.indexOf(workerId);
            spawner.revive(state, index);
        }
    }

    void setPending(String name, @Nullable String version, int requests) {
        synchronized (lock) {
            version(name, version).pending(requests);
        }
    }

    void setGpuUsage(String name, @Nullable String version, String workerId, String usage) {
        synchronized (lock) {
            VersionState state = version(name, version);
            int index = state.indexOf(workerId);
            state.workers().set(index, state.workers().get(index).withGpuUsage(usage));
        }
    }

    /** Describes one version; without a name the default one. */
    Model.Version describe(String name, @Nullable String version) {
        synchronized (lock) {
            return view(version(name, version));
        }
    }

    /** Describes all versions, in the order of a hash table of the kind the real server has. */
    List<Model.Version> describeAll(String name) {
        synchronized (lock) {
            return entry(name).versions().values().stream().map(this::view).toList();
        }
    }

    boolean canServe(String name, @Nullable String version) {
        synchronized (lock) {
            return version(name, version).canServe();
        }
    }

    Model model(String name) {
        synchronized (lock) {
            ModelEntry entry = entry(name);
            return new Model(
                    name,
                    entry.defaultVersion(),
                    entry.versions().entrySet().stream()
                            .collect(Collectors.toMap(Map.Entry::getKey, version -> view(version.getValue()))));
        }
    }

    List<String> names() {
        synchronized (lock) {
            return List.copyOf(models.keySet());
        }
    }

    /** All models that the list shows, by name in UTF-16 order. */
    List<Listed> list() {
        synchronized (lock) {
            List<Listed> list = new ArrayList<>(models.size());
            models.forEach((name, entry) -> {
                String url = entry.current().settings().url();
                if (url != null) {
                    list.add(new Listed(name, url));
                }
            });
            return list;
        }
    }

    /** The real rule: each default version has minWorkers workers that are not past their retry window. */
    boolean healthy() {
        synchronized (lock) {
            Instant now = clock.instant();
            return !unhealthy
                    && models.values().stream()
                            .allMatch(entry -> entry.current().healthy(now));
        }
    }

    void setHealthy(boolean healthy) {
        synchronized (lock) {
            unhealthy = !healthy;
        }
    }

    void collectHostMetrics() {
        synchronized (lock) {
            if (host.frozen()) {
                return;
            }
            host.collect();
            for (ModelEntry entry : models.values()) {
                for (VersionState version : entry.versions().values()) {
                    version.workers()
                            .replaceAll(
                                    worker -> worker.ready() ? worker.withMemoryBytes(host.workerMemory()) : worker);
                }
            }
        }
    }

    void setHostGauge(String gauge, double value) {
        synchronized (lock) {
            host.set(gauge, value);
        }
    }

    void freezeHostMetrics(boolean frozen) {
        synchronized (lock) {
            host.freeze(frozen);
        }
    }

    /** A new process: empty metrics, new workers on the first ports, what is registered counts as loaded at startup. */
    void restart() {
        synchronized (lock) {
            registry.clear();
            host.freeze(false);
            host.collect();
            spawner.restart();
            startupNames.addAll(models.keySet());
            for (ModelEntry entry : models.values()) {
                entry.versions().replaceAll((version, state) -> new VersionState(state.settings()));
                for (VersionState version : entry.versions().values()) {
                    for (int i = 0; i < version.settings().minWorkers(); i++) {
                        spawner.add(version, false);
                    }
                }
            }
        }
    }

    private Model.Version view(VersionState version) {
        return version.view(startupNames.contains(version.settings().name()));
    }

    private ModelEntry entry(String name) {
        ModelEntry entry = models.get(name);
        if (entry == null) {
            throw ApiFailure.modelNotFound(name);
        }
        return entry;
    }

    private VersionState version(String name, @Nullable String version) {
        ModelEntry entry = entry(name);
        if (version == null) {
            return entry.current();
        }
        VersionState state = entry.versions().get(version);
        if (state == null) {
            throw ApiFailure.versionNotFound(name, version);
        }
        return state;
    }
}
