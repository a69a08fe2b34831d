package tscollector.exporter.datadog;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tscollector.component.BuildContext;
import tscollector.consumer.Consumer;
import tscollector.kit.delivery.StepwiseSender;
import tscollector.kit.inventory.InventoryRecord;
import tscollector.signal.LogBatch;
import tscollector.signal.LogGroup;
import tscollector.signal.LogRecord;

/**
 * The records of one exporter: changes of models, and events that the user names, go to Datadog's events, all others to its logs.
 * Inventory snapshots are state and stay out, unless the user wants them as logs.
 */
final class LogSender implements StepwiseSender<LogBatch> {
    private static final String INVENTORY = "inventory snapshots not wanted";

    private final BuildContext context;
    private final boolean wantsInventory;
    private final Set<String> eventNames;
    private final Shipment.Post post;
    private final HostNames hosts;
    private final Tags tags;
    private final EventForm events;
    private final SpareBuffer buffers = new SpareBuffer();
    private final LogForm logs;

    /**
     * Records on their way to one intake.
     *
     * @param post the intake
     * @param hosts which host a resource means
     */
    LogSender(BuildContext context, DatadogConfig config, Shipment.Post post, HostNames hosts) {
        this.context = context;
        this.wantsInventory = config.logs().inventory();
        this.eventNames = Set.copyOf(config.events().names());
        this.post = post;
        this.hosts = hosts;
        this.tags = new Tags(config.tagList(), false, context.telemetry());
        this.events = new EventForm(tags);
        this.logs = new LogForm(context.telemetry());
    }

    /** What stands in front of {@code queue}: snapshots that nobody wants need no room there, and are not lost. */
    Consumer<LogBatch> inFrontOf(Consumer<LogBatch> queue) {
        return wantsInventory
                ? queue
                : batch -> {
                    LogBatch rest = withoutInventory(batch);
                    if (rest != null) {
                        queue.consume(rest);
                    }
                    int left = rest == null ? 0 : rest.itemCount();
                    if (left < batch.itemCount()) {
                        context.telemetry().count(INVENTORY, batch.itemCount() - left);
                    }
                };
    }

    @Override
    public Steps begin(LogBatch batch) {
        RecordCargo toEvents = new RecordCargo(events);
        RecordCargo toLogs = new RecordCargo(logs);
        for (LogGroup group : batch.groups()) {
            RecordOrigin origin = RecordOrigin.of(group.resource(), hosts, tags);
            for (LogRecord logRecord : group.records()) {
                (isEvent(logRecord) ? toEvents : toLogs).add(logRecord, origin);
            }
        }
        return new Shipments(
                context,
                "logs",
                buffers,
                List.of(new Shipment(Route.EVENTS, toEvents, post), new Shipment(Route.LOGS, toLogs, post)));
    }

    private boolean isEvent(LogRecord logRecord) {
        return EventText.isOfModel(logRecord) || eventNames.contains(logRecord.eventName());
    }

    private static @Nullable LogBatch withoutInventory(LogBatch batch) {
        List<LogGroup> groups = new ArrayList<>();
        for (LogGroup group : batch.groups()) {
            List<LogRecord> rest = group.records().stream()
                    .filter(logRecord -> !logRecord.eventName().equals(InventoryRecord.EVENT_NAME))
                    .toList();
            if (!rest.isEmpty()) {
                groups.add(
                        rest.size() == group.records().size()
                                ? group
                                : new LogGroup(group.resource(), group.scope(), rest));
            }
        }
        return groups.isEmpty() ? null : new LogBatch(groups);
    }
}
