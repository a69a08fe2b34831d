package tscollector.processor.modeldiff;

import io.opentelemetry.sdk.resources.Resource;
import org.jspecify.annotations.Nullable;
import tscollector.kit.inventory.Inventory;

/** What counts as a change of which server: our own rules, or the official check's. */
enum ChangeRules {
    OWN {
        @Override
        ServerKey key(Inventory inventory, Resource resource) {
            return ServerKey.of(inventory, resource);
        }

        @Override
        @Nullable
        Differences between(@Nullable ServerState known, Inventory inventory, long epochNanos) {
            return Differences.between(known, inventory, epochNanos);
        }
    },
    STRICT {
        @Override
        ServerKey key(Inventory inventory, Resource resource) {
            return new ServerKey(inventory.managementApiUrl(), "");
        }

        @Override
        @Nullable
        Differences between(@Nullable ServerState known, Inventory inventory, long epochNanos) {
            return UrlDifferences.between(known, inventory, epochNanos);
        }
    };

    static ChangeRules of(ModelDiffConfig config) {
        return config.compat() == ModelDiffConfig.Compat.STRICT ? STRICT : OWN;
    }

    /** Under which name the server's state is kept. */
    abstract ServerKey key(Inventory inventory, Resource resource);

    /**
     * Compares.
     *
     * @return null if the snapshot says nothing
     */
    @Nullable
    abstract Differences between(@Nullable ServerState known, Inventory inventory, long epochNanos);
}
