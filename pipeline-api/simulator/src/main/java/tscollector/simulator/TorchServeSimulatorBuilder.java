package tscollector.simulator;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;

/**
 * Settings of a {@link TorchServeSimulator}. Defaults: three free ports, plain http, metrics_mode prometheus, no token
 * authorization, model API off, no models, version 0.12.0, host {@code ts-host}, system clock, seed 1. Not thread-safe; one
 * server per builder.
 */
public final class TorchServeSimulatorBuilder {
    private final ServerConfig config = new ServerConfig();
    private final List<ModelSettings> startup = new ArrayList<>();
    private final List<ModelSettings> loading = new ArrayList<>();

    TorchServeSimulatorBuilder() {}

    /** The port of one API; 0 takes any free one. */
    public TorchServeSimulatorBuilder port(Api api, int port) {
        config.port(api, port);
        return this;
    }

    /** Everything on one address, the one of {@link Api#INFERENCE}. */
    public TorchServeSimulatorBuilder oneAddress() {
        config.oneAddress = true;
        return this;
    }

    /** The setting metrics_mode. */
    public TorchServeSimulatorBuilder mode(MetricsMode mode) {
        config.mode = mode;
        return this;
    }

    /** The charset of the metrics page's bytes; the header says utf-8 whatever it is. */
    public TorchServeSimulatorBuilder metricsCharset(Charset charset) {
        config.charset = charset;
        return this;
    }

    /** Token authorization with this key file, which is written at start and at each rotation. */
    public TorchServeSimulatorBuilder tokens(Path keyFile) {
        config.keyFile = keyFile;
        return this;
    }

    /** The setting token_expiration_min; 60 minutes by default. */
    public TorchServeSimulatorBuilder tokenLifetime(Duration lifetime) {
        config.tokenLifetime = lifetime;
        return this;
    }

    /** TLS 1.2 on all ports with the context's key, which must be RSA. */
    public TorchServeSimulatorBuilder tls(SSLContext context) {
        config.tls = context;
        return this;
    }

    /** The time of start times, retry windows, expirations and recorded requests. */
    public TorchServeSimulatorBuilder clock(InstantSource clock) {
        config.clock = clock;
        return this;
    }

    /** Decides everything random: ids, keys, pids, host metrics, the order of metric families. */
    public TorchServeSimulatorBuilder seed(long seed) {
        config.seed = seed;
        return this;
    }

    /** The server's time zone, in which describe writes start times although it ends them with Z. */
    public TorchServeSimulatorBuilder zone(ZoneId zone) {
        config.zone = zone;
        return this;
    }

    /** The version in {@code OPTIONS /}. */
    public TorchServeSimulatorBuilder version(String version) {
        config.version = version;
        return this;
    }

    /** The value of hostname labels. */
    public TorchServeSimulatorBuilder hostname(String hostname) {
        config.hostname = hostname;
        return this;
    }

    /** So many GPUs in the host metrics. */
    public TorchServeSimulatorBuilder gpus(int count) {
        config.gpus = count;
        return this;
    }

    /** The time that describe takes for each GPU worker, one after the other. */
    public TorchServeSimulatorBuilder nvidiaSmiTakes(Duration time) {
        config.nvidiaSmi = time;
        return this;
    }

    /** Takes POST and DELETE on models over HTTP (--enable-model-api). */
    public TorchServeSimulatorBuilder modelApi() {
        config.modelApi = true;
        return this;
    }

    /** An archive that POST /models finds under the settings' url. */
    public TorchServeSimulatorBuilder archive(ModelSettings settings) {
        config.archive(settings);
        return this;
    }

    /** A version that is there from the start. */
    public TorchServeSimulatorBuilder model(ModelSettings settings) {
        startup.add(settings);
        return this;
    }

    /** A version that is there from the start but whose workers still load. */
    public TorchServeSimulatorBuilder loadingModel(ModelSettings settings) {
        loading.add(settings);
        return this;
    }

    /** One more family in metrics.yaml; the label Hostname is added at the end. */
    public TorchServeSimulatorBuilder metric(MetricKind kind, String name, String unit, String... labels) {
        List<String> all = new ArrayList<>(List.of(labels));
        all.add("Hostname");
        config.family(new MetricFamily(kind, name, unit, all));
        return this;
    }

    /** Opens the ports and answers. */
    public TorchServeSimulator start() {
        return new TorchServeSimulator(config, startup, loading);
    }
}
