package tscollector.processor.resource;

import java.util.List;
import tscollector.component.BuildContext;
import tscollector.component.Descriptor;
import tscollector.component.Kind;
import tscollector.consumer.Consumer;
import tscollector.processor.Processor;
import tscollector.processor.ProcessorBuilder;
import tscollector.processor.ProcessorFactory;
import tscollector.reshape.GroupPlan;
import tscollector.reshape.GroupProcessor;
import tscollector.signal.LogBatch;
import tscollector.signal.LogGroup;
import tscollector.signal.MetricBatch;
import tscollector.signal.MetricGroup;
import tscollector.signal.PlanCache;
import tscollector.signal.Signal;

/** Builds {@code resource} processors. */
public final class ResourceFactory implements ProcessorFactory<ResourceConfig> {
    private static final Descriptor<ResourceConfig> DESCRIPTOR = Descriptor.of(
                    Kind.PROCESSOR,
                    "resource",
                    "Changes the attributes of resources.",
                    ResourceConfig.class,
                    ResourceConfig.defaults())
            .withDescription("""
                    The actions of the `attributes` processor, on the Resource that stands for a server. They also reach events
                    and inventory snapshots in a logs pipeline.""")
            .withExample("""
                    attributes:
                      - {key: deployment.environment.name, value: production, action: upsert}
                      - {key: service.namespace, from_attribute: team, action: insert}
                    """);

    @Override
    public Descriptor<ResourceConfig> descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public List<ProcessorBuilder<ResourceConfig, ?>> builders() {
        return List.of(
                new ProcessorBuilder<>(Signal.METRICS, ResourceFactory::metrics),
                new ProcessorBuilder<>(Signal.LOGS, ResourceFactory::logs));
    }

    private static Processor<MetricBatch> metrics(
            BuildContext context, ResourceConfig config, Consumer<MetricBatch> next) {
        ChangedResources resources = new ChangedResources(config.attributes());
        PlanCache<GroupPlan> plans = new PlanCache<>();
        return GroupProcessor.ofMetrics(
                group -> plans.planFor(group, first -> plan(first, resources)).apply(group, context.telemetry()), next);
    }

    private static GroupPlan plan(MetricGroup group, ChangedResources resources) {
        GroupPlan.Builder plan = GroupPlan.of(group).resource(resources.of(group.resource()));
        for (int i = 0; i < group.metrics().size(); i++) {
            plan.keep(i);
        }
        return plan.build();
    }

    private static Processor<LogBatch> logs(BuildContext context, ResourceConfig config, Consumer<LogBatch> next) {
        ChangedResources resources = new ChangedResources(config.attributes());
        return GroupProcessor.ofLogs(
                group -> {
                    var resource = resources.of(group.resource());
                    return new LogGroup(
                            resource,
                            group.scope(),
                            group.records().stream()
                                    .map(logRecord -> logRecord.withResource(resource))
                                    .toList());
                },
                next);
    }
}
