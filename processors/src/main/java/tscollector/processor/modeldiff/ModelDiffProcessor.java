package tscollector.processor.modeldiff;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tscollector.component.BuildContext;
import tscollector.component.Host;
import tscollector.component.Kind;
import tscollector.component.StartException;
import tscollector.consumer.Consumer;
import tscollector.consumer.DeliveryException;
import tscollector.extension.Storage;
import tscollector.kit.inventory.Inventory;
import tscollector.kit.inventory.InventoryRecord;
import tscollector.processor.Processor;
import tscollector.signal.LogBatch;
import tscollector.signal.LogGroup;
import tscollector.signal.LogRecord;

/**
 * The processor. Batches without a snapshot pass without a lock. Batches with one go through one at a time, the call of the next
 * consumer and the store included: two snapshots of one server must not be compared with the same state. They are rare (one per
 * change and hour), and nobody behind a processor waits for anything.
 */
final class ModelDiffProcessor implements Processor<LogBatch> {
    private final BuildContext context;
    private final ModelDiffConfig config;
    private final Consumer<LogBatch> next;
    private final ChangeRules rules;
    private final ServerStates states; // guarded by this

    ModelDiffProcessor(BuildContext context, ModelDiffConfig config, Consumer<LogBatch> next) {
        this.context = context;
        this.config = config;
        this.next = next;
        this.rules = ChangeRules.of(config);
        this.states = new ServerStates(context.telemetry());
    }

    @Override
    public void start(Host host) throws StartException {
        if (config.storage() == null || !config.submitEvents()) {
            return;
        }
        Storage storage = host.extension(config.storage(), Storage.class);
        try {
            synchronized (this) {
                states.use(storage.open(Kind.PROCESSOR, context.id(), ""));
            }
        } catch (IOException e) {
            throw new StartException("cannot read the stored lists of models: " + e.getMessage(), e);
        }
    }

    @Override
    public void consume(LogBatch batch) throws DeliveryException {
        if (batch.groups().stream().anyMatch(ModelDiffProcessor::mayHaveSnapshot)) {
            consumeSnapshots(batch);
        } else {
            next.consume(batch);
        }
    }

    private static boolean mayHaveSnapshot(LogGroup group) {
        return group.records().stream()
                .anyMatch(logRecord -> logRecord.eventName().equals(InventoryRecord.EVENT_NAME));
    }

    private synchronized void consumeSnapshots(LogBatch batch) throws DeliveryException {
        Map<ServerKey, ServerState> advanced = new LinkedHashMap<>();
        List<LogGroup> groups = new ArrayList<>();
        for (LogGroup group : batch.groups()) {
            List<LogRecord> records = new ArrayList<>();
            for (LogRecord logRecord : group.records()) {
                Inventory inventory = InventoryRecord.read(logRecord);
                if (inventory == null) {
                    records.add(logRecord);
                } else if (config.submitEvents()) {
                    records.addAll(events(inventory, logRecord, advanced));
                }
            }
            if (!records.isEmpty()) {
                groups.add(new LogGroup(group.resource(), group.scope(), records));
            }
        }
        if (!groups.isEmpty()) {
            next.consume(new LogBatch(groups)); // a refusal leaves the state as it was, and the receiver sends again
        }
        states.advance(advanced);
    }

    /** The events of one snapshot; what the server has after it goes into {@code advanced}. */
    private List<LogRecord> events(Inventory inventory, LogRecord snapshot, Map<ServerKey, ServerState> advanced) {
        ServerKey server = rules.key(inventory, snapshot.resource());
        ServerState known = advanced.getOrDefault(server, states.get(server));
        Differences differences = rules.between(known, inventory, snapshot.timestampEpochNanos());
        if (differences == null) {
            return List.of();
        }
        advanced.put(server, differences.state());
        return write(differences, snapshot, server, known);
    }

    private List<LogRecord> write(
            Differences differences, LogRecord snapshot, ServerKey server, @Nullable ServerState known) {
        List<LogRecord> events = new ArrayList<>();
        for (Change change : differences.changes()) {
            if (config.events() == ModelDiffConfig.Events.OFFICIAL
                    && !change.kind().isOfficial()) {
                continue;
            }
            events.add(ChangeEvents.write(change, snapshot, server, known == null ? 0 : known.generation()));
        }
        return events;
    }
}
