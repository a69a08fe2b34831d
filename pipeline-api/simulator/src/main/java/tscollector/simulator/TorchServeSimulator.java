package tscollector.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A running TorchServe on loopback with a state that callers change and faults that they script. Made by {@link #builder()}.
 *
 * <p>Everything is thread-safe. Operations that name a model, version or worker that is not there throw
 * {@link IllegalArgumentException}. A version that is null means the default one. Nothing happens by itself: host metrics,
 * traffic and recovery come from calls, which keeps tests exact. After {@link #close} no thread is left.
 */
public final class TorchServeSimulator implements AutoCloseable {
    private final MetricRegistry registry;
    private final Traffic traffic;
    private final ModelStore models;
    private final @Nullable TokenKeys tokens;
    private final FaultPlan plan = new FaultPlan();
    private final Responder responder;
    private final SlowGpus gpus;
    private final MetricsApi metrics;
    private final boolean oneAddress;
    private final boolean secure;
    private final Map<Api, Listener> listeners = new EnumMap<>(Api.class);

    TorchServeSimulator(ServerConfig config, List<ModelSettings> startup, List<ModelSettings> loading) {
        registry = new MetricRegistry(config.seed, config.families());
        traffic = new Traffic(registry, config.hostname);
        models = new ModelStore(config.clock, config.seed, registry, config.hostname, config.gpus);
        tokens = config.keyFile == null
                ? null
                : new TokenKeys(config.clock, config.seed, config.tokenLifetime, config.keyFile);
        gpus = new SlowGpus(config.nvidiaSmi);
        metrics = new MetricsApi(registry, config.mode, config.charset);
        Router router = new Router(
                config,
                tokens,
                new InferenceApi(models, traffic),
                new ManagementApi(models, traffic, gpus, config),
                metrics);
        responder = new Responder(router, traffic, plan, config.clock);
        oneAddress = config.oneAddress;
        secure = config.tls != null;
        startup.forEach(settings -> models.register(settings, false));
        loading.forEach(settings -> models.register(settings, true));
        models.started();
        if (tokens != null) {
            tokens.start();
        }
        listen(config);
    }

    /** A builder with the defaults of {@link TorchServeSimulatorBuilder}. */
    public static TorchServeSimulatorBuilder builder() {
        return new TorchServeSimulatorBuilder();
    }

    /** Scheme, loopback address and port of an API, without a path. */
    public URI url(Api api) {
        return URI.create((secure ? "https" : "http") + "://127.0.0.1:" + port(api));
    }

    /** The port of an API; with one address the same for all. */
    public int port(Api api) {
        return listener(api).port();
    }

    /** Registers a version; the first of its name becomes the default. Its minWorkers workers are READY at once. */
    public void registerModel(ModelSettings settings) {
        models.register(settings, false);
    }

    /** Registers a version whose workers still load: UNLOADING with pid -1 until {@link #recoverWorker}. */
    public void registerLoadingModel(ModelSettings settings) {
        models.register(settings, true);
    }

    /** Changes the default version. */
    public void setDefaultVersion(String name, String version) {
        models.setDefault(name, version);
    }

    /** Removes all versions of a model. Its metric series stay, as on a real server. */
    public void unregisterModel(String name) {
        models.remove(name);
    }

    /** Removes one version; the default one only when it is the last. */
    public void unregisterVersion(String name, String version) {
        models.unregister(name, version);
    }

    /** Starts or ends workers until there are at least {@code min} and at most {@code max}. */
    public void scaleWorkers(String name, @Nullable String version, int min, int max) {
        models.scale(name, version, min, max);
    }

    /** Lets a worker's process die: UNLOADING under its old pid. Ping turns Unhealthy after the version's retry window. */
    public void killWorker(String name, @Nullable String version, String workerId) {
        models.kill(name, version, workerId);
    }

    /** Brings a dead or loading worker up: READY under a new pid, the same id and start time. */
    public void recoverWorker(String name, @Nullable String version, String workerId) {
        models.recover(name, version, workerId);
    }

    /** Sets how many requests wait in a version's queue, at most its jobQueueSize. */
    public void setPendingRequests(String name, @Nullable String version, int requests) {
        models.setPending(name, version, requests);
    }

    /** Sets the text of {@code gpuUsage} of a worker. */
    public void setGpuUsage(String name, @Nullable String version, String workerId, String usage) {
        models.setGpuUsage(name, version, workerId, usage);
    }

    /** A registered model as it is now. */
    public Model model(String name) {
        return models.model(name);
    }

    /** Names of all models, workflow nodes included, in UTF-16 order. */
    public List<String> modelNames() {
        return models.names();
    }

    /**
     * Counts an inference as if a client had sent it, HTTP answer included. 500, 503 and 507 count as errors of the server, which
     * add to requests but not to latencies; every other status counts as set by the handler.
     *
     * @param version as in the request; null counts under the label value {@code default}
     * @param latencyMicros from arrival to answer, queue included, microseconds
     * @param queueMicros time in the queue, microseconds
     */
    public void inference(
            String model, @Nullable String version, int status, double latencyMicros, double queueMicros) {
        ModelSettings settings = models.describe(model, version).settings();
        traffic.inference(settings, version, status, latencyMicros, queueMicros);
        traffic.answered(status);
    }

    /** Updates a metric of a handler or any other: label values in the family's order, host name last. */
    public void updateMetric(String family, List<String> labelValues, double value) {
        registry.update(family, labelValues, value);
    }

    /** The value of a counter or gauge, the sum of a histogram; 0 when the series is not there. */
    public double metricValue(String family, List<String> labelValues) {
        return registry.value(family, labelValues);
    }

    /** One run of the collector of host metrics: new host and GPU gauges, and memoryUsage of READY workers. */
    public void collectHostMetrics() {
        models.collectHostMetrics();
    }

    /** Sets one gauge of the host, such as {@code MemoryUsed}. */
    public void setHostGauge(String gauge, double value) {
        models.setHostGauge(gauge, value);
    }

    /** While frozen, {@link #collectHostMetrics} changes nothing, as after the death of the real collector. */
    public void freezeHostMetrics(boolean frozen) {
        models.freezeHostMetrics(frozen);
    }

    /** False makes ping Unhealthy whatever the workers do; true gives it back to them. */
    public void setHealthy(boolean healthy) {
        models.setHealthy(healthy);
    }

    /** Restarts the process in place: counters from 0, new pids, worker ids from 9000, new keys; models stay. */
    public void restart() {
        models.restart();
        if (tokens != null) {
            tokens.start();
        }
    }

    /** The key that opens an API; empty without token authorization and for {@link Api#METRICS}. */
    public Optional<String> key(Api api) {
        if (tokens == null || api == Api.METRICS) {
            return Optional.empty();
        }
        return Optional.of(tokens.key(api == Api.INFERENCE ? TokenKeys.Owner.INFERENCE : TokenKeys.Owner.MANAGEMENT));
    }

    /** The key of the token API; empty without token authorization. */
    public Optional<String> tokenApiKey() {
        return tokens == null ? Optional.empty() : Optional.of(tokens.key(TokenKeys.Owner.TOKEN));
    }

    /** The key file; empty without token authorization. */
    public Optional<Path> keyFile() {
        return tokens == null ? Optional.empty() : Optional.of(tokens.file());
    }

    /** Lets the inference and the management key expire now; the key file names that time, as a real one has done all along. */
    public void expireKeys() {
        needTokens().expire();
    }

    /** Replaces the key of an API and rewrites the key file, as {@code GET /token} does. */
    public void rotateKey(Api api) {
        switch (api) {
            case INFERENCE -> needTokens().rotate(TokenKeys.Owner.INFERENCE);
            case MANAGEMENT -> needTokens().rotate(TokenKeys.Owner.MANAGEMENT);
            case METRICS -> throw new IllegalArgumentException("cannot rotate a key of metrics: there is none");
        }
    }

    /** Changes the setting {@code metrics_mode}; a real server must be restarted for it, this one goes on counting. */
    public void metricsMode(MetricsMode mode) {
        metrics.mode(mode);
    }

    /** Plays a fault for every matching request until {@link #clearFaults}. */
    public void fault(Api api, String path, Fault fault) {
        fault(api, path, fault, FaultPlan.UNTIL_CLEARED);
    }

    /**
     * Plays a fault for the next {@code times} matching requests. Faults of one path are played in the order in which they were
     * scripted. An answer counts in Requests2XX and its sisters as what it was before the fault.
     *
     * @param path the encoded path such as {@code /models/a%20b}, whatever the query; with a query the exact target; a '*' at the
     *     end matches every target that begins so
     */
    public void fault(Api api, String path, Fault fault, int times) {
        if (fault instanceof Fault.RefuseConnections) {
            listener(api).refuse();
        } else {
            plan.add(scope(api), path, fault, times);
        }
    }

    /** Forgets all scripted faults and opens refused ports again. Hanging connections hang on. */
    public void clearFaults() {
        plan.clear();
        listeners.values().forEach(Listener::accept);
    }

    /** Answers a path (as in {@link #fault(Api, String, Fault, int)}) with these bytes, status line to body. */
    public void replay(Api api, String path, byte[] response) {
        plan.replay(scope(api), path, Answer.raw(response));
    }

    /** Answers a path with the bytes of a class path resource such as {@code /torchserve-0.12.0/prometheus/a01-ping-healthy.http}. */
    public void replay(Api api, String path, String resource) {
        try (InputStream in = TorchServeSimulator.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("cannot find resource " + resource);
            }
            replay(api, path, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read resource " + resource, e);
        }
    }

    /** Ends a replay. */
    public void stopReplay(Api api, String path) {
        plan.stopReplay(scope(api), path);
    }

    /** The last requests, oldest first; at most 10,000. With one address all are of {@link Api#INFERENCE}. */
    public List<RecordedRequest> requests() {
        return responder.recorded();
    }

    /** The same, of one API. */
    public List<RecordedRequest> requests(Api api) {
        return responder.recorded().stream()
                .filter(request -> request.api() == api)
                .toList();
    }

    /** Forgets the recorded requests. */
    public void clearRequests() {
        responder.forget();
    }

    /** Resets all connections, closes the ports and waits for every thread. */
    @Override
    public void close() {
        gpus.stop();
        listeners.values().forEach(Listener::close);
    }

    private void listen(ServerConfig config) {
        try {
            for (Api api : oneAddress ? new Api[] {Api.INFERENCE} : Api.values()) {
                listeners.put(api, new Listener(api, config.port(api), config.tls, responder));
            }
        } catch (UncheckedIOException e) {
            close();
            throw e;
        }
    }

    private Listener listener(Api api) {
        Listener listener = listeners.get(scope(api));
        if (listener == null) {
            throw new IllegalStateException("no port for " + api);
        }
        return listener;
    }

    private Api scope(Api api) {
        return oneAddress ? Api.INFERENCE : api;
    }

    private TokenKeys needTokens() {
        if (tokens == null) {
            throw new IllegalStateException("token authorization is off");
        }
        return tokens;
    }
}
