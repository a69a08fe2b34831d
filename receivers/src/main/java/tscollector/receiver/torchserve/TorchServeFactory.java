package tscollector.receiver.torchserve;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tscollector.component.BuildContext;
import tscollector.component.Descriptor;
import tscollector.component.Kind;
import tscollector.consumer.Consumers;
import tscollector.kit.http.HttpCallers;
import tscollector.receiver.Receiver;
import tscollector.receiver.ReceiverFactory;
import tscollector.signal.MetricSpec;
import tscollector.signal.Signal;
import tscollector.torchserve.Api;
import tscollector.torchserve.ErrorType;
import tscollector.torchserve.PullReceiver;
import tscollector.torchserve.inference.PingScraper;
import tscollector.torchserve.management.ManagementMetrics;

/** Builds receivers of the type {@code torchserve}. */
public final class TorchServeFactory implements ReceiverFactory<TorchServeConfig> {
    static final String TYPE = "torchserve";

    private static final String DESCRIPTION = """
            The shorthand for one server, or for several with the same ports: it asks the metrics, inference and management APIs of a host
            as `torchserve_openmetrics`, `torchserve_inference` and `torchserve_management` do, whose pages say the rest, and gives what
            they say one resource: `service.instance.id` is host and inference port unless `instance` is set.

            The server's version is asked (`OPTIONS /`) beside the first run and after it was away.

            """ + "Values of `error.type`:\n\n" + ErrorType.table();

    private static final String EXAMPLE = """
            hosts:
              - gpu-1
              - host: gpu-2
                instance: gpu-2
            ports:
              metrics: 8082
            models:
              exclude: ['^internal-']
            """;

    private static final Descriptor<TorchServeConfig> DESCRIPTOR = Descriptor.of(
                    Kind.RECEIVER,
                    TYPE,
                    "Watches all three APIs of a TorchServe by its host name.",
                    TorchServeConfig.class,
                    TorchServeConfig.defaults())
            .withDescription(DESCRIPTION)
            .withMetrics(metrics())
            .withExample(EXAMPLE);

    private static List<MetricSpec> metrics() {
        Set<MetricSpec> metrics = new LinkedHashSet<>();
        metrics.add(Api.OPENMETRICS.health());
        metrics.addAll(PingScraper.metrics());
        metrics.addAll(ManagementMetrics.all());
        return new ArrayList<>(metrics);
    }

    @Override
    public Descriptor<TorchServeConfig> descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public Set<Signal<?>> signals() {
        return Set.of(Signal.METRICS, Signal.LOGS);
    }

    @Override
    public Receiver create(BuildContext context, TorchServeConfig config, Consumers next) {
        return create(context, config, next, () -> HttpCallers.create(config.http(), context));
    }

    static Receiver create(
            BuildContext context, TorchServeConfig config, Consumers next, PullReceiver.CallerSource callers) {
        return new PullReceiver(
                context, config.scrape(), callers, caller -> new ThreeApis(context, config, next, caller).loops());
    }
}
