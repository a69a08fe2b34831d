package tscollector.processor.naming;

import tscollector.component.BuildContext;
import tscollector.consumer.Consumer;
import tscollector.processor.Built;
import tscollector.processor.Processor;
import tscollector.processor.SuccessiveScrapes;
import tscollector.signal.MetricBatch;

class NamingIdentityTest implements SuccessiveScrapes {
    @Override
    public Processor<MetricBatch> processor(BuildContext context, Consumer<MetricBatch> next) {
        return Built.metrics(new NamingFactory(), context, Written.names("my_gauge", "my_latency", "my_summary"), next);
    }
}
