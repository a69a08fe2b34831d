package tscollector.processor.modeldiff;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tscollector.kit.inventory.Inventory;
import tscollector.processor.modeldiff.ServerState.KnownModel;

/**
 * Compares two lists as the official check does: by nothing but names and the URLs of the default versions. A model whose URL is
 * empty or null counts as removed with every list that has it so, and as changed when it has a URL again. Lists that are not complete say
 * nothing.
 */
final class UrlDifferences {
    private static final String NO_URL = "None";

    private UrlDifferences() {}

    /** See {@link Differences#between}. */
    static @Nullable Differences between(@Nullable ServerState known, Inventory inventory, long epochNanos) {
        if (!inventory.complete()) {
            return null;
        }
        Map<String, @Nullable String> now = new LinkedHashMap<>();
        inventory.models().forEach(model -> now.put(model.name(), model.url()));
        Map<String, KnownModel> models = new LinkedHashMap<>();
        now.forEach((name, url) -> models.put(name, new KnownModel(url, null, null)));
        if (known == null) {
            return new Differences(new ServerState(epochNanos, models), List.of());
        }
        List<Change> changes = changes(known.models(), now);
        // Each event has an id of its own, also one that is told again of a list that is the same.
        ServerState state = changes.isEmpty()
                ? known.with(models, epochNanos)
                : new ServerState(Math.max(epochNanos, known.generation() + 1), models);
        return new Differences(state, changes);
    }

    private static List<Change> changes(Map<String, KnownModel> before, Map<String, @Nullable String> now) {
        List<Change> changes = new ArrayList<>();
        before.forEach((name, model) -> {
            String previous = model.url();
            String url = now.get(name);
            if (url == null || url.isEmpty()) {
                changes.add(Change.of(Change.Kind.MODEL_REMOVED, name, written(previous), null));
            } else if (!url.equals(previous)) {
                changes.add(new Change(Change.Kind.DEFAULT_VERSION_CHANGED, name, url, written(previous), null, null));
            }
        });
        now.forEach((name, url) -> {
            if (!before.containsKey(name)) {
                changes.add(Change.of(Change.Kind.MODEL_ADDED, name, written(url), null));
            }
        });
        return changes;
    }

    /** As the check writes it into an event. */
    private static String written(@Nullable String url) {
        return url == null ? NO_URL : url;
    }
}
