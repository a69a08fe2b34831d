package tscollector.processor.attributes;

import java.util.List;
import java.util.Set;
import tscollector.component.BuildContext;
import tscollector.component.Factory;
import tscollector.config.ConfigValue.Scalar;
import tscollector.consumer.Consumer;
import tscollector.processor.Built;
import tscollector.processor.Processor;
import tscollector.reshape.ActionConfig;
import tscollector.reshape.ActionConfig.Operation;
import tscollector.signal.MetricBatch;
import tscollector.testkit.Batches;
import tscollector.testkit.contract.FactoryContract;
import tscollector.testkit.contract.ProcessorContract;

class AttributesContractTest implements FactoryContract<AttributesConfig>, ProcessorContract<MetricBatch> {
    @Override
    public Factory<AttributesConfig> factory() {
        return new AttributesFactory();
    }

    @Override
    public Processor<MetricBatch> create(BuildContext context, Consumer<MetricBatch> next) {
        return Built.metrics(
                new AttributesFactory(),
                context,
                new AttributesConfig(
                        List.of(new ActionConfig(
                                "environment", Operation.UPSERT, new Scalar("x", true), null, null, null)),
                        null,
                        null),
                next);
    }

    @Override
    public MetricBatch batch() {
        return new Batches().gauge("a", 3, "level", "Host").counter("b", 4).batch();
    }

    @Override
    public Set<String> lackingKeys() {
        return Set.of("actions");
    }
}
