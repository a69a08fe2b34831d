package tscollector.processor.modeldiff;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tscollector.extension.Store;
import tscollector.telemetry.Telemetry;

/**
 * The states of all servers, in memory and, if there is one, in a store. A store that fails keeps nothing from going on: what it
 * did not take is tried again with the next change or snapshot. Not thread-safe.
 */
final class ServerStates {
    /** Servers that are remembered; of more, the one whose snapshot is longest ago is forgotten. */
    static final int LIMIT = 10_000;

    private final Telemetry telemetry;
    private final Map<ServerKey, ServerState> states = new LinkedHashMap<>(16, 0.75f, true);
    private final Set<ServerKey> unsaved = new LinkedHashSet<>();
    private @Nullable Store store;

    ServerStates(Telemetry telemetry) {
        this.telemetry = telemetry;
    }

    /** Takes what the store has, and writes to it from now on. */
    void use(Store newStore) throws IOException {
        for (String key : newStore.keys()) {
            byte[] bytes = newStore.get(key);
            if (bytes != null) {
                read(key, bytes);
            }
        }
        this.store = newStore;
        forgetOldest();
    }

    /** What the server had; null if that is not known. */
    @Nullable
    ServerState get(ServerKey server) {
        return states.get(server);
    }

    /** Sets what servers have now; returns when the store has it too, if it does not fail. */
    void advance(Map<ServerKey, ServerState> advanced) {
        advanced.forEach((server, state) -> {
            ServerState before = states.put(server, state);
            if (store != null && !state.equals(before)) {
                unsaved.add(server);
            }
        });
        forgetOldest();
        save();
    }

    private void save() {
        if (store == null || unsaved.isEmpty()) {
            return;
        }
        Map<String, byte @Nullable []> changes = new HashMap<>();
        for (ServerKey server : unsaved) {
            ServerState state = states.get(server);
            changes.put(server.text(), state == null ? null : StateBytes.write(state));
        }
        try {
            store.update(changes);
            unsaved.clear();
        } catch (IOException e) {
            telemetry.count("state not stored", 1);
            telemetry.warnOncePer(
                    Duration.ofMinutes(1),
                    "state not stored",
                    "Cannot store the lists of models: " + e.getMessage()
                            + ". Changes are still told; after a restart some may be told again.");
        }
    }

    private void forgetOldest() {
        Iterator<ServerKey> oldest = states.keySet().iterator();
        for (int tooMany = states.size() - LIMIT; tooMany > 0; tooMany--) {
            ServerKey forgotten = oldest.next();
            oldest.remove();
            telemetry.count("servers forgotten", 1);
            if (store != null) {
                unsaved.add(forgotten);
            }
        }
    }

    private void read(String key, byte[] bytes) {
        try {
            states.put(ServerKey.parse(key), StateBytes.read(bytes));
        } catch (IOException e) {
            telemetry.count("state not readable", 1);
            telemetry.warnOncePer(
                    Duration.ofMinutes(1),
                    "state not readable",
                    "Cannot read the stored list of models of "
                            + ServerKey.parse(key).managementApiUrl() + ": " + e.getMessage()
                            + ". The next list is its new baseline.");
        }
    }
}
