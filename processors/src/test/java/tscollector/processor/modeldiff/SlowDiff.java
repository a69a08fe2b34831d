package tscollector.processor.modeldiff;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tscollector.kit.inventory.Inventory;
import tscollector.kit.inventory.Inventory.Model;
import tscollector.kit.inventory.Inventory.Version;

/**
 * The obvious model of the differences: flat maps of what was last said about each model, looked at with sets. It knows nothing
 * of states, generations and stores.
 */
final class SlowDiff {
    private @Nullable List<String> names; // null before the first complete list
    private final Map<String, String> url = new HashMap<>();
    private final Map<String, String> defaultVersion = new HashMap<>();
    private final Map<String, List<Version>> versions = new HashMap<>();
    private int since;
    private boolean hadBaselineBefore;

    /** The facts that follow from one more snapshot, in order. */
    List<String> see(Inventory snapshot, int time) {
        SlowDiff before = copy();
        hadBaselineBefore = names != null;
        if (names == null && !snapshot.complete()) {
            return List.of();
        }
        Map<String, Model> seen = new HashMap<>();
        List<String> order = new ArrayList<>();
        for (Model model : snapshot.models()) {
            if (seen.putIfAbsent(model.name(), model) == null) {
                order.add(model.name());
            }
        }
        List<String> facts = new ArrayList<>();
        List<String> known = names == null ? List.of() : names;
        for (String name : known) {
            if (!seen.containsKey(name)) {
                if (snapshot.complete()) {
                    facts.add("removed " + name + " null@null -> " + defaultVersion.get(name) + "@" + url.get(name));
                    forget(name);
                }
            } else {
                facts.addAll(defaultChange(name, seen.get(name)));
                facts.addAll(versionChanges(name, seen.get(name)));
                remember(seen.get(name));
            }
        }
        if (snapshot.complete()) {
            for (String name : order) {
                if (!known.contains(name)) {
                    remember(seen.get(name));
                    if (hadBaselineBefore) {
                        facts.add("added " + name + " null@null -> " + defaultVersion.get(name) + "@" + url.get(name));
                    }
                }
            }
            names = order;
        }
        if (!sameAs(before)) {
            since = time;
        }
        return facts;
    }

    /** When what is known last became something else. */
    int since() {
        return since;
    }

    /** Whether the last snapshot found a list to compare with. */
    boolean hadBaselineBefore() {
        return hadBaselineBefore;
    }

    SlowDiff copy() {
        SlowDiff copy = new SlowDiff();
        copy.names = names == null ? null : List.copyOf(names);
        copy.url.putAll(url);
        copy.defaultVersion.putAll(defaultVersion);
        copy.versions.putAll(versions);
        copy.since = since;
        copy.hadBaselineBefore = hadBaselineBefore;
        return copy;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SlowDiff diff && sameAs(diff) && since == diff.since;
    }

    @Override
    public int hashCode() {
        return Objects.hash(url, since);
    }

    private boolean sameAs(SlowDiff other) {
        return Objects.equals(names, other.names)
                && url.equals(other.url)
                && defaultVersion.equals(other.defaultVersion)
                && versions.equals(other.versions);
    }

    private List<String> defaultChange(String name, Model model) {
        String nowVersion = flagged(model);
        String oldVersion = defaultVersion.get(name);
        String oldUrl = url.get(name);
        boolean byVersion = nowVersion != null && oldVersion != null;
        boolean byUrl = !byVersion && oldUrl != null && model.url() != null;
        boolean changed = (byVersion && !nowVersion.equals(oldVersion)) || (byUrl && !oldUrl.equals(model.url()));
        if (!changed) {
            return List.of();
        }
        defaultVersion.remove(name);
        return List.of("default_version.changed " + name + " " + oldVersion + "@" + oldUrl + " -> " + nowVersion + "@"
                + model.url());
    }

    private List<String> versionChanges(String name, Model model) {
        List<Version> old = versions.get(name);
        if (old == null || !model.described()) {
            return List.of();
        }
        List<String> facts = new ArrayList<>();
        old.stream()
                .filter(version -> !texts(model.versions()).contains(version.version()))
                .forEach(version -> facts.add(
                        "version.removed " + name + " null@null -> " + version.version() + "@" + version.url()));
        model.versions().stream()
                .filter(version -> !texts(old).contains(version.version()))
                .forEach(version -> facts.add(
                        "version.added " + name + " null@null -> " + version.version() + "@" + version.url()));
        return facts;
    }

    private void remember(Model model) {
        if (model.url() != null) {
            url.put(model.name(), model.url());
        }
        String version = flagged(model);
        if (version != null) {
            defaultVersion.put(model.name(), version);
        }
        if (model.described()) {
            versions.put(
                    model.name(),
                    model.versions().stream()
                            .map(described -> new Version(described.version(), described.url(), false))
                            .toList());
        }
    }

    private void forget(String name) {
        url.remove(name);
        defaultVersion.remove(name);
        versions.remove(name);
    }

    private static @Nullable String flagged(Model model) {
        List<Version> flagged =
                model.versions().stream().filter(Version::isDefault).toList();
        return flagged.size() == 1 ? flagged.get(0).version() : null;
    }

    private static Set<String> texts(List<Version> versions) {
        Set<String> texts = new HashSet<>();
        versions.forEach(version -> texts.add(version.version()));
        return texts;
    }
}
