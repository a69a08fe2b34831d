package tscollector.app.load;

import java.util.List;
import tscollector.component.ComponentId;
import tscollector.signal.Signal;

/**
 * One pipeline.
 *
 * @param name what follows the slash in its id; may be empty
 * @param receivers at least one; connectors among them
 * @param processors in order
 * @param exporters at least one; connectors among them
 */
public record ConfiguredPipeline(
        Signal<?> signal,
        String name,
        List<ComponentId> receivers,
        List<ComponentId> processors,
        List<ComponentId> exporters) {
    public ConfiguredPipeline {
        receivers = List.copyOf(receivers);
        processors = List.copyOf(processors);
        exporters = List.copyOf(exporters);
    }

    /** As the user wrote it: {@code metrics} or {@code metrics/name}. */
    public String id() {
        return name.isEmpty() ? signal.id() : signal.id() + "/" + name;
    }
}
