package tscollector.processor.modeldiff;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tscollector.kit.inventory.Inventory;
import tscollector.kit.inventory.Inventory.Model;
import tscollector.kit.inventory.Inventory.Version;
import tscollector.processor.modeldiff.ServerState.KnownModel;
import tscollector.processor.modeldiff.ServerState.KnownVersion;

/**
 * What a snapshot changes: the state after it, and the changes in the order in which they are told. First each model that was
 * known, in the order of the last list: removed, or default version changed, versions removed, versions added. Then the models
 * that are new, in the order of this list.
 *
 * <p>Only a complete list says that a model came or went. What a snapshot does not say (a model that was not described, a list
 * without it because it is not complete) stays as it was known, and is compared with the next snapshot that says it.
 *
 * @param changes empty for the first list
 */
record Differences(ServerState state, List<Change> changes) {
    Differences {
        changes = List.copyOf(changes);
    }

    /**
     * Compares.
     *
     * @param known null before the first complete list
     * @param epochNanos when the snapshot was taken
     * @return null if there is still no baseline
     */
    static @Nullable Differences between(@Nullable ServerState known, Inventory inventory, long epochNanos) {
        Map<String, Model> listed = new LinkedHashMap<>();
        inventory.models().forEach(model -> listed.putIfAbsent(model.name(), model));
        if (known == null) {
            return inventory.complete()
                    ? new Differences(new ServerState(epochNanos, baseline(listed.values())), List.of())
                    : null;
        }
        List<Change> changes = new ArrayList<>();
        Map<String, KnownModel> models = new LinkedHashMap<>();
        known.models().forEach((name, before) -> {
            Model model = listed.get(name);
            if (model != null) {
                models.put(name, compare(before, model, changes));
            } else if (inventory.complete()) {
                changes.add(Change.of(Change.Kind.MODEL_REMOVED, name, before.url(), before.defaultVersion()));
            } else {
                models.put(name, before);
            }
        });
        Map<String, KnownModel> ordered = inventory.complete() ? withNew(listed.values(), models, changes) : models;
        return new Differences(known.with(ordered, epochNanos), changes);
    }

    private static Map<String, KnownModel> baseline(Collection<Model> listed) {
        Map<String, KnownModel> models = new LinkedHashMap<>();
        listed.forEach(model -> models.put(model.name(), firstSight(model)));
        return models;
    }

    /** The models in the order of a complete list, those that are new in it included. */
    private static Map<String, KnownModel> withNew(
            Collection<Model> listed, Map<String, KnownModel> known, List<Change> changes) {
        Map<String, KnownModel> models = new LinkedHashMap<>();
        for (Model model : listed) {
            KnownModel present = known.get(model.name());
            if (present == null) {
                present = firstSight(model);
                changes.add(Change.of(Change.Kind.MODEL_ADDED, model.name(), present.url(), present.defaultVersion()));
            }
            models.put(model.name(), present);
        }
        return models;
    }

    private static KnownModel firstSight(Model model) {
        return new KnownModel(model.url(), defaultVersion(model), model.described() ? versions(model) : null);
    }

    private static KnownModel compare(KnownModel before, Model model, List<Change> changes) {
        String version = defaultVersion(model);
        boolean changed = defaultChanged(before, model, version);
        if (changed) {
            changes.add(new Change(
                    Change.Kind.DEFAULT_VERSION_CHANGED,
                    model.name(),
                    model.url(),
                    before.url(),
                    version,
                    before.defaultVersion()));
        }
        List<KnownVersion> versions = before.versions();
        if (model.described()) {
            List<KnownVersion> now = versions(model);
            if (versions != null) {
                compareVersions(model.name(), versions, now, changes);
            }
            versions = now;
        }
        String keptVersion = changed ? null : before.defaultVersion();
        return new KnownModel(
                model.url() == null ? before.url() : model.url(), version == null ? keptVersion : version, versions);
    }

    /** By versions where both are known, else by the list's URLs where both are known. */
    private static boolean defaultChanged(KnownModel before, Model model, @Nullable String version) {
        if (version != null && before.defaultVersion() != null) {
            return !version.equals(before.defaultVersion());
        }
        return before.url() != null && model.url() != null && !Objects.equals(before.url(), model.url());
    }

    private static void compareVersions(
            String model, List<KnownVersion> before, List<KnownVersion> now, List<Change> changes) {
        addMissing(Change.Kind.VERSION_REMOVED, model, before, now, changes);
        addMissing(Change.Kind.VERSION_ADDED, model, now, before, changes);
    }

    private static void addMissing(
            Change.Kind kind, String model, List<KnownVersion> here, List<KnownVersion> there, List<Change> changes) {
        Set<String> names = there.stream().map(KnownVersion::version).collect(Collectors.toSet());
        for (KnownVersion version : here) {
            if (!names.contains(version.version())) {
                changes.add(Change.of(kind, model, version.url(), version.version()));
            }
        }
    }

    /** The one version that is flagged; null if the model was not described, or none or several are. */
    private static @Nullable String defaultVersion(Model model) {
        List<String> flagged = model.versions().stream()
                .filter(Version::isDefault)
                .map(Version::version)
                .distinct()
                .toList();
        return model.described() && flagged.size() == 1 ? flagged.get(0) : null;
    }

    private static List<KnownVersion> versions(Model model) {
        Map<String, KnownVersion> byName = new LinkedHashMap<>();
        for (Version version : model.versions()) {
            byName.putIfAbsent(version.version(), new KnownVersion(version.version(), version.url()));
        }
        return List.copyOf(byName.values());
    }
}
