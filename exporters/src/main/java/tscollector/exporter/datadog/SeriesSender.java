package tscollector.exporter.datadog;

import io.opentelemetry.sdk.metrics.data.SumData;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tscollector.component.BuildContext;
import tscollector.component.ComponentId;
import tscollector.component.Deadline;
import tscollector.component.Host;
import tscollector.component.Kind;
import tscollector.component.StartException;
import tscollector.consumer.Consumer;
import tscollector.consumer.DeliveryException;
import tscollector.exporter.datadog.MetricsConfig.SumsConfig;
import tscollector.extension.Storage;
import tscollector.extension.Store;
import tscollector.kit.delivery.StepwiseSender;
import tscollector.kit.delta.CounterDeltas;
import tscollector.kit.delta.DeltaRules;
import tscollector.signal.Metric;
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
    private static final String FURTHER = "further points made of summaries and histograms";

    private final BuildContext context;
    private final MetricsConfig config;
    private final @Nullable ComponentId storage;
    private final Shipment.Post post;
    private final SeriesFormat format;
    private final Planner planner;
    private final PlanCache<GroupPlan> plans = new PlanCache<>();
    private final SpareBuffer buffers = new SpareBuffer();
    private final Expansion beforeDeltas;
    private final Expansion behindDeltas;
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
                format,
                this.config);
        this.beforeDeltas = new Expansion(List.of(
                SummaryRecipe.recipes(this.config.summaries()), ExtremesRecipe.recipes(this.config.histograms())));
        this.behindDeltas = new Expansion(List.of(HistogramRecipe.recipes(this.config.histograms())));
        Predicate<Metric> isConverted = isConverted(this.config.sums());
        this.oncePerSecond = new OncePerSecond(isConverted, context.telemetry());
        this.deltas = new CounterDeltas(
                context,
                DeltaRules.of(this.config.sums().initialCumulativeMonotonicValue())
                        .withTtl(config.seriesTtl())
                        .withSelection(isConverted));
    }

    /** Whole values of a summary and of a histogram mean nothing to Datadog, whatever the user wants of counters. */
    private static Predicate<Metric> isConverted(SumsConfig config) {
        return config.cumulativeMonotonicMode() == SumsConfig.CounterMode.TO_DELTA
                ? metric -> true
                : metric -> !(metric.data() instanceof SumData) || metric.data() instanceof SummaryRecipe.Counters;
    }

    /** What stands in front of {@code queue}; the same object for all pipelines. */
    Consumer<MetricBatch> inFrontOf(Consumer<MetricBatch> queue) {
        Consumer<MetricBatch> expanding = batch -> expand(behindDeltas, batch, queue);
        return batch -> expand(beforeDeltas, batch, expanded -> {
            MetricBatch passed = oncePerSecond.pass(expanded);
            if (passed != null) {
                deltas.convert(passed, expanding);
            }
        });
    }

    /** Counts what comes on top only if it is taken: the same batch may come again. */
    private void expand(Expansion expansion, MetricBatch batch, Consumer<MetricBatch> next) throws DeliveryException {
        MetricBatch expanded = expansion.expand(batch);
        next.consume(expanded);
        if (expanded.itemCount() != batch.itemCount()) {
            context.telemetry().count(FURTHER, expanded.itemCount() - batch.itemCount());
        }
    }

    /**
     * Takes back what was counted and will not be sent, so that it comes with the next life of the process; without a storage
     * nothing outlives this one.
     *
     * @return how many points
     */
    long keep(MetricBatch batch) {
        if (!keeps()) {
            return 0;
        }
        Duration age = config.maxPointAge();
        long oldest = age.isZero()
                ? Long.MIN_VALUE
                : context.clock().now() - age.toNanos(); // the older ones are lost as too old
        return deltas.takeBack(batch, oldest);
    }

    /** Whether anything outlives this process. */
    boolean keeps() {
        return storage != null;
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
                SketchForm.cargo(config.maxPointAge(), config.retryUnknownSketches()),
                CheckForm.cargo());
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
