package tscollector.exporter.datadog;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tscollector.component.BuildContext;
import tscollector.component.ComponentId;
import tscollector.component.Deadline;
import tscollector.component.Host;
import tscollector.component.Kind;
import tscollector.component.StartException;
import tscollector.consumer.Consumer;
import tscollector.extension.Storage;
import tscollector.extension.Store;
import tscollector.kit.delivery.StepwiseSender;
import tscollector.kit.delta.CounterDeltas;
import tscollector.kit.delta.DeltaRules;
import tscollector.signal.MetricBatch;
import tscollector.signal.MetricGroup;
import tscollector.signal.PlanCache;

/**
 * The metrics of one exporter: turns counters into what Datadog counts before the queue, and sends series, sketches and check runs
 * behind it.
 *
 * <p>Threads: batches come in on any thread, those of one target in order; {@link #begin} and the steps run on the blocking lane. What
 * is worked out per series is kept per shape, and points only carry values through it.
 */
final class SeriesSender implements StepwiseSender<MetricBatch> {
    /** What comes on top of the points that came in. */
    private static final String FROM_SUMMARIES = "further points made of summaries";

    private final BuildContext context;
    private final MetricsConfig config;
    private final @Nullable ComponentId storage;
    private final Shipment.Post post;
    private final SeriesFormat format;
    private final Planner planner;
    private final PlanCache<GroupPlan> plans = new PlanCache<>();
    private final SpareBuffer buffers = new SpareBuffer();
    private final SummaryExpansion summaries = new SummaryExpansion();
    private final OncePerSecond oncePerSecond;
    private final CounterDeltas deltas;

    /**
     * Metrics on their way to one intake.
     *
     * @param post the intake
     * @param hosts which host a resource means
     */
    SeriesSender(BuildContext context, DatadogConfig config, Shipment.Post post, HostNames hosts) {
        this.context = context;
        this.config = config.metrics();
        this.storage = config.storage();
        this.post = post;
        this.format =
                config.metrics().encoding() == MetricsConfig.Encoding.JSON ? new JsonSeries() : new ProtobufSeries();
        this.planner = new Planner(
                new MetricNames(context.telemetry()),
                new Tags(config.tagList(), this.config.resourceAttributesAsTags(), context.telemetry()),
                hosts,
                format);
        this.oncePerSecond = new OncePerSecond(context.telemetry());
        this.deltas = new CounterDeltas(
                context, DeltaRules.of(DeltaRules.InitialValue.AGENT).withTtl(config.seriesTtl()));
    }

    /** What stands in front of {@code queue}; the same object for all pipelines. */
    Consumer<MetricBatch> inFrontOf(Consumer<MetricBatch> queue) {
        return batch -> {
            MetricBatch expanded = summaries.expand(batch);
            if (expanded.itemCount() != batch.itemCount()) {
                context.telemetry().count(FROM_SUMMARIES, expanded.itemCount() - batch.itemCount());
            }
            MetricBatch passed = oncePerSecond.pass(expanded);
            if (passed != null) {
                deltas.convert(passed, queue);
            }
        };
    }

    /** Opens the storage that the configuration names. */
    void start(Host host) throws StartException {
        deltas.start(storage == null ? null : open(host, storage));
    }

    /** Stores what is to be remembered; the queue has ended before. */
    void shutdown(Deadline deadline) {
        deltas.shutdown(deadline);
    }

    @Override
    public Steps begin(MetricBatch batch) {
        MetricSteps steps = new MetricSteps(
                context,
                post,
                buffers,
                new SeriesCargo(format, config.maxPointAge(), batch.itemCount()),
                new SketchCargo(config.maxPointAge(), config.retryUnknownSketches()),
                new CheckCargo());
        for (MetricGroup group : batch.groups()) {
            steps.add(group, plans.planFor(group, planner::plan));
        }
        return steps;
    }

    private Store open(Host host, ComponentId id) throws StartException {
        try {
            return host.extension(id, Storage.class).open(Kind.EXPORTER, context.id(), "counters");
        } catch (IOException e) {
            throw new StartException("cannot open the storage " + id + ": " + e.getMessage(), e);
        }
    }
}
