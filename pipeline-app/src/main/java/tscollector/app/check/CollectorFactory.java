package tscollector.app.check;

import java.util.Set;
import tscollector.component.BuildContext;
import tscollector.component.Descriptor;
import tscollector.component.Kind;
import tscollector.config.Config;
import tscollector.consumer.Consumers;
import tscollector.exporter.Exporter;
import tscollector.exporter.ExporterFactory;
import tscollector.signal.Signal;

/** Makes the exporter that keeps everything for the report. */
final class CollectorFactory implements ExporterFactory<CollectorFactory.None> {
    private final Collected collected;

    CollectorFactory(Collected collected) {
        this.collected = collected;
    }

    /** It has no settings. */
    record None() implements Config {}

    @Override
    public Descriptor<None> descriptor() {
        return Descriptor.of(Kind.EXPORTER, "check", "Keeps everything for a report.", None.class, new None());
    }

    @Override
    public Set<Signal<?>> signals() {
        return Set.of(Signal.METRICS, Signal.LOGS);
    }

    @Override
    public Exporter create(BuildContext context, None config, Set<Signal<?>> wanted) {
        Consumers inputs = Consumers.of(Signal.METRICS, collected::add).and(Signal.LOGS, collected::add);
        return () -> inputs;
    }
}
