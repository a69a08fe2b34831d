package tscollector.processor.modeldiff;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a server had when its events were last taken.
 *
 * @param generation the time of the snapshot that made this state, in nanoseconds; no two states of a server share one, not
 *     even after a crash or two lives without storage
 * @param models by name, in the order of the list
 */
record ServerState(long generation, Map<String, KnownModel> models) {
    ServerState {
        models = Collections.unmodifiableMap(new LinkedHashMap<>(models));
    }

    /** This state with the models of a later snapshot; itself if they are the same in the same order. */
    ServerState with(Map<String, KnownModel> newModels, long epochNanos) {
        boolean same =
                newModels.equals(models) && List.copyOf(newModels.keySet()).equals(List.copyOf(models.keySet()));
        return same ? this : new ServerState(Math.max(epochNanos, generation + 1), newModels);
    }

    /**
     * What is known of one model, from the last snapshot that said it.
     *
     * @param url the archive in the list; null if the list never had one
     * @param defaultVersion null if unknown, or not known since the URL changed
     * @param versions null until the model was described once
     */
    record KnownModel(
            @Nullable String url,
            @Nullable String defaultVersion,
            @Nullable List<KnownVersion> versions) {
        KnownModel {
            versions = versions == null ? null : List.copyOf(versions);
        }
    }

    /** One version and its archive. */
    record KnownVersion(String version, @Nullable String url) {}
}
