package tscollector.processor.naming;

import tscollector.component.BuildContext;
import tscollector.component.Factory;
import tscollector.consumer.Consumer;
import tscollector.processor.Built;
import tscollector.processor.Processor;
import tscollector.signal.MetricBatch;
import tscollector.testkit.Batches;
import tscollector.testkit.contract.FactoryContract;
import tscollector.testkit.contract.ProcessorContract;

class NamingContractTest implements FactoryContract<NamingConfig>, ProcessorContract<MetricBatch> {
    @Override
    public Factory<NamingConfig> factory() {
        return new NamingFactory();
    }

    @Override
    public Processor<MetricBatch> create(BuildContext context, Consumer<MetricBatch> next) {
        return Built.metrics(new NamingFactory(), context, NamingConfig.defaults(), next);
    }

    @Override
    public MetricBatch batch() {
        return new Batches()
                .gauge("QueueTime", 3, "Level", "Host", "Hostname", "h")
                .counter("Requests2XX", 7, "Level", "Host")
                .gauge("nobody_lists_this", 1)
                .batch();
    }
}
