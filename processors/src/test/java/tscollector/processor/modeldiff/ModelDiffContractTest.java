package tscollector.processor.modeldiff;

import java.util.List;
import tscollector.component.BuildContext;
import tscollector.component.Factory;
import tscollector.consumer.Consumer;
import tscollector.processor.Built;
import tscollector.processor.Processor;
import tscollector.signal.LogBatch;
import tscollector.testkit.Batches;
import tscollector.testkit.contract.FactoryContract;
import tscollector.testkit.contract.ProcessorContract;

class ModelDiffContractTest implements FactoryContract<ModelDiffConfig>, ProcessorContract<LogBatch> {
    @Override
    public Factory<ModelDiffConfig> factory() {
        return new ModelDiffFactory();
    }

    @Override
    public Processor<LogBatch> create(BuildContext context, Consumer<LogBatch> next) {
        return Built.logs(new ModelDiffFactory(), context, ModelDiffConfig.defaults(), next);
    }

    @Override
    public LogBatch batch() {
        return new LogBatch(List.of(
                Snapshots.group(Snapshots.RESOURCE, 1, Snapshots.complete(Snapshots.described("m", "1*"))),
                Batches.event("other", "x").groups().get(0)));
    }

    /** Snapshots become events. */
    @Override
    public boolean makesOtherItems() {
        return true;
    }
}
