package tscollector.processor.modeldiff;

import java.util.List;
import tscollector.component.Descriptor;
import tscollector.component.Kind;
import tscollector.processor.ProcessorBuilder;
import tscollector.processor.ProcessorFactory;
import tscollector.signal.Signal;

/** Builds {@code model_diff} processors. */
public final class ModelDiffFactory implements ProcessorFactory<ModelDiffConfig> {
    private static final Descriptor<ModelDiffConfig> DESCRIPTOR = Descriptor.of(
                    Kind.PROCESSOR,
                    "model_diff",
                    "Turns successive lists of models into events.",
                    ModelDiffConfig.class,
                    ModelDiffConfig.defaults())
            .withDescription("""
                    Takes the records `torchserve.inventory.snapshot` out of a logs pipeline and puts events in their place; every
                    other record passes. The first complete list of a server is the baseline. Then, for each model that was
                    there, in the order of the last list, and for the new ones after them:

                    | event | when | attributes |
                    |---|---|---|
                    | `torchserve.model.removed` | a complete list no longer has it | the `torchserve.model.url` and `.version` it had |
                    | `torchserve.model.default_version.changed` | by versions where both are known, else by the list's URL | `torchserve.model.version`, `.previous_version`, `.url`, `.previous_url`, as far as known |
                    | `torchserve.model.version.removed` | the model was described then and now | `torchserve.model.version`, its `.url` |
                    | `torchserve.model.version.added` | the model was described then and now | `torchserve.model.version`, its `.url` |
                    | `torchserve.model.added` | a complete list has it for the first time | `torchserve.model.url`, and `.version` if known |

                    All have `torchserve.model.name`, `management_api_url`, severity INFO, the time of the snapshot, the resource
                    of the server and a sentence as body. `model.added` and `model.removed` imply no version events. A list that
                    is not complete says nothing about what came or went; what a snapshot does not say is compared with the next
                    one that does.

                    `torchserve.event.id` is the same when an event is told again, which happens only after a crash between the
                    events and the store. The state advances when the next component took the events, and is then stored; a
                    refusal goes back to the receiver, which sends the snapshot again. At most 10,000 servers are remembered.""")
            .withExample("""
                    storage: file_storage
                    submit_events: true
                    """);

    @Override
    public Descriptor<ModelDiffConfig> descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public List<ProcessorBuilder<ModelDiffConfig, ?>> builders() {
        return List.of(new ProcessorBuilder<>(Signal.LOGS, ModelDiffProcessor::new));
    }
}
