package tscollector.torchserve.management;

import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tscollector.component.BuildContext;
import tscollector.kit.inventory.Inventory;
import tscollector.kit.inventory.InventoryRecord;
import tscollector.signal.LogBatch;
import tscollector.signal.LogGroup;
import tscollector.signal.LogRecord;
import tscollector.torchserve.Outlet;

/**
 * Hands inventories on: one that differs from the last that was taken downstream, and the same at least hourly. What is refused
 * counts as never sent, so the next run's is handed on again. On the blocking lane, since a processor may write to disk. One at
 * a time.
 */
final class InventorySender {
    private static final Duration AT_LEAST_EVERY = Duration.ofHours(1);

    private final BuildContext context;
    private final Outlet outlet;
    private final InstrumentationScopeInfo scope;
    private volatile @Nullable Inventory taken;
    private volatile long takenNanos;

    InventorySender(BuildContext context, Outlet outlet, InstrumentationScopeInfo scope) {
        this.context = context;
        this.outlet = outlet;
        this.scope = scope;
    }

    /**
     * Hands {@code inventory} on if it is due; complete when that is done.
     *
     * @param again whether it is due in any case
     */
    CompletionStage<@Nullable Void> offer(Inventory inventory, boolean again, Resource resource, long epochNanos) {
        long now = context.clock().nanoTime();
        boolean old = now - takenNanos >= AT_LEAST_EVERY.toNanos();
        if (!outlet.wantsLogs() || (inventory.equals(taken) && !old && !again)) {
            return CompletableFuture.completedStage(null);
        }
        CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        context.scheduler().executeBlocking(() -> {
            LogRecord snapshot = InventoryRecord.write(inventory, resource, scope, epochNanos);
            if (outlet.logs(new LogBatch(List.of(new LogGroup(resource, scope, List.of(snapshot)))))) {
                taken = inventory;
                takenNanos = now;
            }
            done.complete(null);
        });
        return done;
    }
}
