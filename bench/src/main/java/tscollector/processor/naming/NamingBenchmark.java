package tscollector.processor.naming;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;
import tscollector.consumer.Consumer;
import tscollector.consumer.DeliveryException;
import tscollector.exposition.ScrapedGroups;
import tscollector.processor.ProcessorBuilder;
import tscollector.signal.MetricBatch;
import tscollector.signal.MetricGroup;
import tscollector.testkit.TestContext;

/** From a scraped batch to the renamed one, through the processor that the factory builds. One operation is one batch. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class NamingBenchmark {
    @Param({"100", "1000"})
    public int series;

    private MetricBatch[] batches = {};
    private Consumer<MetricBatch> naming = batch -> {};
    private Consumer<MetricBatch> end = batch -> {};
    private int scrapes;

    @Setup
    public void build() {
        MetricGroup[] groups = ScrapedGroups.of(series);
        batches = new MetricBatch[groups.length];
        for (int i = 0; i < groups.length; i++) {
            batches[i] = new MetricBatch(List.of(groups[i]));
        }
        naming = builder()
                .build()
                .create(
                        new TestContext("torchserve_naming").build(),
                        NamingConfig.defaults(),
                        batch -> end.consume(batch));
    }

    /** The factory has one builder, for metrics. */
    @SuppressWarnings("unchecked")
    private static ProcessorBuilder<NamingConfig, MetricBatch> builder() {
        return (ProcessorBuilder<NamingConfig, MetricBatch>)
                new NamingFactory().builders().get(0);
    }

    /** A target whose series are known. */
    @Benchmark
    public void steady(Blackhole hole) throws DeliveryException {
        end = hole::consume;
        naming.consume(batches[scrapes++ % batches.length]);
    }
}
