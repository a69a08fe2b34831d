package tscollector.processor;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tscollector.component.Factory;
import tscollector.config.Config;
import tscollector.signal.Signal;

/** Builds processors of one type. */
public interface ProcessorFactory<C extends Config> extends Factory<C> {
    /** One entry per signal it can process. */
    List<ProcessorBuilder<C, ?>> builders();

    @Override
    default Set<Signal<?>> signals() {
        Set<Signal<?>> signals = new LinkedHashSet<>();
        builders().forEach(builder -> signals.add(builder.signal()));
        return signals;
    }
}
