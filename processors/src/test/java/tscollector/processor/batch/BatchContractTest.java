package tscollector.processor.batch;

import tscollector.component.BuildContext;
import tscollector.component.Factory;
import tscollector.consumer.Consumer;
import tscollector.processor.Built;
import tscollector.processor.Processor;
import tscollector.signal.LogBatch;
import tscollector.testkit.Batches;
import tscollector.testkit.contract.FactoryContract;
import tscollector.testkit.contract.ProcessorContract;

class BatchContractTest implements FactoryContract<BatchConfig>, ProcessorContract<LogBatch> {
    @Override
    public Factory<BatchConfig> factory() {
        return new BatchFactory();
    }

    @Override
    public Processor<LogBatch> create(BuildContext context, Consumer<LogBatch> next) {
        return Built.logs(new BatchFactory(), context, BatchConfig.defaults(), next);
    }

    @Override
    public LogBatch batch() {
        return Batches.event("e", "x");
    }
}
