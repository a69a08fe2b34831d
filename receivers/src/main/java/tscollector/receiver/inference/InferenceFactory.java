package tscollector.receiver.inference;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import tscollector.component.BuildContext;
import tscollector.component.Descriptor;
import tscollector.component.Kind;
import tscollector.consumer.Consumers;
import tscollector.kit.http.HttpCaller;
import tscollector.kit.http.HttpCallers;
import tscollector.kit.scrape.ScrapeLoop;
import tscollector.receiver.Receiver;
import tscollector.receiver.ReceiverFactory;
import tscollector.signal.Signal;
import tscollector.torchserve.ErrorType;
import tscollector.torchserve.Outlet;
import tscollector.torchserve.PullReceiver;
import tscollector.torchserve.Scopes;
import tscollector.torchserve.ServerVersion;
import tscollector.torchserve.inference.PingScraper;

/** Builds receivers of the type {@code torchserve_inference}. */
public final class InferenceFactory implements ReceiverFactory<InferenceConfig> {
    static final String TYPE = "torchserve_inference";

    private static final String DESCRIPTION = """
            `endpoint` is the base of the inference API; `/ping` is appended. One GET per target and interval.

            TorchServe answers `Healthy` unless the default version of some model has had fewer healthy workers than its `minWorkers` for
            longer than its retry timeout (5 minutes by default): models that still load, other versions and models without workers
            do not count. With token authorization on, which is the default since 0.11.1, set `auth.torchserve_key_file`.

            The server's version is asked (`OPTIONS /`) beside the first run and after it was away, unless another receiver of the same
            server did.

            With `compat: strict` health follows the status alone, 0 below 400 and 2 otherwise, without a message; `ping` is resolved
            against the endpoint as the official Datadog check does it, so that what stands after the last slash is lost.

            Every point has the attribute `inference_api_url`: the endpoint as configured, without user, password and query.

            """ + "Values of `error.type`:\n\n" + ErrorType.table();

    private static final String EXAMPLE = """
            endpoint: http://127.0.0.1:8080
            collection_interval: 15s
            timeout: 5s
            auth:
              torchserve_key_file: /home/model-server/key_file.json
            """;

    private static final Descriptor<InferenceConfig> DESCRIPTOR = Descriptor.of(
                    Kind.RECEIVER,
                    TYPE,
                    "Asks TorchServe's inference API whether the server is healthy.",
                    InferenceConfig.class,
                    InferenceConfig.defaults())
            .withDescription(DESCRIPTION)
            .withMetrics(PingScraper.metrics())
            .withExample(EXAMPLE);

    @Override
    public Descriptor<InferenceConfig> descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public Set<Signal<?>> signals() {
        return Set.of(Signal.METRICS);
    }

    @Override
    public Receiver create(BuildContext context, InferenceConfig config, Consumers next) {
        return create(context, config, next, () -> HttpCallers.create(config.http(), context));
    }

    static Receiver create(
            BuildContext context, InferenceConfig config, Consumers next, PullReceiver.CallerSource callers) {
        return new PullReceiver(
                context, config.scrape(), callers, caller -> List.of(targets(context, config, next, caller)));
    }

    private static List<ScrapeLoop.Target> targets(
            BuildContext context, InferenceConfig config, Consumers next, HttpCaller caller) {
        Scopes scopes = Scopes.of(TYPE, context.version());
        Outlet outlet = new Outlet(context, next);
        Duration timeout = config.scrape().effectiveTimeout();
        return config.targets().loop(config.official(), context, target -> {
            // The official check asks for nothing but the ping.
            ServerVersion version = config.official().isStrict()
                    ? ServerVersion.hearing(target.server(), context)
                    : ServerVersion.asking(caller, target.server(), timeout, context);
            return new PingScraper(
                    target, caller, timeout, config.official(), scopes, context, outlet, version.watch(target));
        });
    }
}
