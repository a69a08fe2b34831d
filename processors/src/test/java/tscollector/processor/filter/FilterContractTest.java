package tscollector.processor.filter;

import java.util.List;
import tscollector.component.BuildContext;
import tscollector.component.Factory;
import tscollector.consumer.Consumer;
import tscollector.processor.Built;
import tscollector.processor.Processor;
import tscollector.processor.filter.FilterConfig.MetricRule;
import tscollector.processor.filter.FilterConfig.Metrics;
import tscollector.reshape.MatchType;
import tscollector.signal.MetricBatch;
import tscollector.testkit.Batches;
import tscollector.testkit.contract.FactoryContract;
import tscollector.testkit.contract.ProcessorContract;

class FilterContractTest implements FactoryContract<FilterConfig>, ProcessorContract<MetricBatch> {
    @Override
    public Factory<FilterConfig> factory() {
        return new FilterFactory();
    }

    @Override
    public Processor<MetricBatch> create(BuildContext context, Consumer<MetricBatch> next) {
        return Built.metrics(
                new FilterFactory(),
                context,
                new FilterConfig(
                        new Metrics(null, new MetricRule(MatchType.STRICT, List.of("dropped"), List.of(), List.of())),
                        null),
                next);
    }

    @Override
    public MetricBatch batch() {
        return new Batches()
                .gauge("kept", 3, "level", "Host")
                .gauge("dropped", 4)
                .batch();
    }
}
