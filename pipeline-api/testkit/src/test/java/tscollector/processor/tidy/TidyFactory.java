package tscollector.processor.tidy;

import java.util.List;
import tscollector.component.Descriptor;
import tscollector.component.Kind;
import tscollector.processor.ProcessorBuilder;
import tscollector.processor.ProcessorFactory;
import tscollector.signal.Signal;

/** Makes it. */
public final class TidyFactory implements ProcessorFactory<TidyConfig> {
    @Override
    public Descriptor<TidyConfig> descriptor() {
        return Descriptor.of(
                Kind.PROCESSOR, "tidy", "Passes everything on and is tidy.", TidyConfig.class, TidyConfig.defaults());
    }

    @Override
    public List<ProcessorBuilder<TidyConfig, ?>> builders() {
        return List.of(new ProcessorBuilder<>(Signal.METRICS, (context, config, next) -> next::consume));
    }
}
