package tscollector.processor;

import java.util.List;
import tscollector.component.BuildContext;
import tscollector.config.Config;
import tscollector.config.Problems;
import tscollector.consumer.Consumer;
import tscollector.signal.Batch;
import tscollector.signal.LogBatch;
import tscollector.signal.MetricBatch;
import tscollector.signal.Signal;

/** Processors as the graph builds them: through their factories. */
public final class Built {
    private Built() {}

    public static <C extends Config> Processor<MetricBatch> metrics(
            ProcessorFactory<C> factory, BuildContext context, C config, Consumer<MetricBatch> next) {
        return processor(Signal.METRICS, factory, context, config, next);
    }

    public static <C extends Config> Processor<LogBatch> logs(
            ProcessorFactory<C> factory, BuildContext context, C config, Consumer<LogBatch> next) {
        return processor(Signal.LOGS, factory, context, config, next);
    }

    /** What validation says, one line each: {@code path text}. */
    public static List<String> problems(Config config) {
        Problems problems = new Problems();
        config.validate(problems);
        return problems.all().stream()
                .map(problem -> (problem.path() + " " + problem.text()).strip())
                .toList();
    }

    @SuppressWarnings("unchecked") // the signal ties the builder's batch to the consumer's
    private static <C extends Config, B extends Batch> Processor<B> processor(
            Signal<B> signal, ProcessorFactory<C> factory, BuildContext context, C config, Consumer<B> next) {
        for (ProcessorBuilder<C, ?> builder : factory.builders()) {
            if (builder.signal() == signal) {
                return ((ProcessorBuilder<C, B>) builder).build().create(context, config, next);
            }
        }
        throw new IllegalArgumentException(factory + " does not process " + signal);
    }
}
