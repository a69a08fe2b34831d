package tscollector.processor.cumulativetodelta;

import tscollector.component.BuildContext;
import tscollector.component.Factory;
import tscollector.consumer.Consumer;
import tscollector.processor.Built;
import tscollector.processor.Processor;
import tscollector.processor.ScrapeRuns;
import tscollector.signal.MetricBatch;
import tscollector.testkit.contract.FactoryContract;
import tscollector.testkit.contract.ProcessorContract;

class CumulativeToDeltaContractTest
        implements FactoryContract<CumulativeToDeltaConfig>, ProcessorContract<MetricBatch> {
    @Override
    public Factory<CumulativeToDeltaConfig> factory() {
        return new CumulativeToDeltaFactory();
    }

    @Override
    public Processor<MetricBatch> create(BuildContext context, Consumer<MetricBatch> next) {
        return Built.metrics(new CumulativeToDeltaFactory(), context, CumulativeToDeltaConfig.defaults(), next);
    }

    @Override
    public MetricBatch batch() {
        return new ScrapeRuns().run(1);
    }

    @Override
    public boolean passesCountersThatAreNoNumber() {
        return false;
    }
}
