package tscollector.receiver.management;

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
import tscollector.torchserve.SeriesBudget;
import tscollector.torchserve.ServerVersion;
import tscollector.torchserve.management.ManagementMetrics;
import tscollector.torchserve.management.ManagementScraper;

/** Builds receivers of the type {@code torchserve_management}. */
public final class ManagementFactory implements ReceiverFactory<ManagementConfig> {
    static final String TYPE = "torchserve_management";

    private static final String DESCRIPTION = """
            `endpoint` is the base of the management API. Each run reads the list of models (`GET /models`, page by page) and describes
            each chosen model (`GET /models/X/all`, eight at a time).

            **List.** Pages are read with one entry of overlap, which shows a list that moves while it is read; it is then read again, at
            most three times. A list that could not be read completely never counts as shorter: the models of the last complete one
            are described all the same, and nothing is taken for removed.

            **Default version.** The only one, else the one whose archive is the list's; where several are, `GET /models/X` is asked.

            **GPUs.** For a worker on a GPU the server runs `nvidia-smi` during each describe and lets inference wait meanwhile. Models
            with such workers are described one at a time, at most every `models.gpu_describe_interval`, with a timeout of 30s,
            beside the runs; their last values are repeated until then, at most for twice that interval. The same is done with a
            model whose describe did not end in time, until a describe shows no GPU.

            **Limits of the server.** A name with a slash can be listed, not described. A worker that is not ready is always `UNLOADING`,
            whatever is wrong. `memory_usage` is 0 until the server has measured it, and can be frozen. With token authorization on, set
            `auth.torchserve_key_file`.

            **Health** follows the list, and between two refreshes the describes. When nobody answers eight describes in a row, the
            rest of the run is left out.

            **Logs.** A record `torchserve.inventory.snapshot` is sent when the inventory differs from the last one that was taken
            downstream, and at least hourly. `model_diff` makes events of it.

            **The official Datadog check.** With `compat: strict` a list that fails or ends early is the list until
            `models.refresh_interval` is over; a later page that is refused or cannot be read counts as the end of the list; the number
            of models is sent when a list was read; health is 0 or 2, that of the last list, without a message; the default version is
            each one whose archive is the list's; models with workers on a GPU are described in every run; describes are resolved
            against the endpoint, so that what stands after its last slash is lost. Paging and missing fields are dealt with as ever.

            The server's version is asked (`OPTIONS /`) beside the first run and after it was away, unless another receiver of the same
            server did. Restarts are counted while the
            receiver runs: a new pid under the same worker id.

            Every point has the attribute `management_api_url`: the endpoint as configured, without user, password and query.

            """ + "Values of `error.type`:\n\n" + ErrorType.table();

    private static final String EXAMPLE = """
            endpoint: http://127.0.0.1:8081
            instance: 127.0.0.1:8080
            models:
              include: ['^resnet', '_prod$']
              exclude: ['^internal-']
              limit: 500
              refresh_interval: 60s
            auth:
              torchserve_key_file: /home/model-server/key_file.json
            """;

    private static final Descriptor<ManagementConfig> DESCRIPTOR = Descriptor.of(
                    Kind.RECEIVER,
                    TYPE,
                    "Reads models, versions and workers from TorchServe's management API.",
                    ManagementConfig.class,
                    ManagementConfig.defaults())
            .withDescription(DESCRIPTION)
            .withMetrics(ManagementMetrics.all())
            .withExample(EXAMPLE);

    @Override
    public Descriptor<ManagementConfig> descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public Set<Signal<?>> signals() {
        return Set.of(Signal.METRICS, Signal.LOGS);
    }

    @Override
    public Receiver create(BuildContext context, ManagementConfig config, Consumers next) {
        return create(context, config, next, () -> HttpCallers.create(config.http(), context));
    }

    static Receiver create(
            BuildContext context, ManagementConfig config, Consumers next, PullReceiver.CallerSource callers) {
        return new PullReceiver(
                context, config.scrape(), callers, caller -> List.of(targets(context, config, next, caller)));
    }

    private static List<ScrapeLoop.Target> targets(
            BuildContext context, ManagementConfig config, Consumers next, HttpCaller caller) {
        Scopes scopes = Scopes.of(TYPE, context.version());
        Outlet outlet = new Outlet(context, next);
        Duration timeout = config.scrape().effectiveTimeout();
        ManagementScraper.Options options =
                new ManagementScraper.Options(config.models(), timeout, config.runTimeout(), config.official());
        return config.targets().loop(config.official(), context, target -> {
            ServerVersion version = ServerVersion.asking(caller, target.server(), timeout, context);
            return new ManagementScraper(
                    target, caller, options, scopes, context, outlet, SeriesBudget.ofProcess(), version.watch(target));
        });
    }
}
