package tscollector.kit.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Lays one configuration over another: maps are merged, everything else is replaced. A key with nothing after it, or with a
 * variable that gave nothing, leaves what was there; {@code null} replaces it.
 */
public final class TreeMerger {
    private final Variables variables;
    private final Spellings spellings;

    public TreeMerger(Variables variables) {
        this(variables, (path, key, written) -> key);
    }

    /** @param spellings for keys that have several spellings */
    public TreeMerger(Variables variables, Spellings spellings) {
        this.variables = variables;
        this.spellings = spellings;
    }

    /** Knows which keys mean the same. */
    @FunctionalInterface
    public interface Spellings {
        /** The one of {@code written}, the keys of the map at {@code path}, that means the same as {@code key}; else {@code key}. */
        String of(String path, String key, Set<String> written);
    }

    /** Both; where they differ, {@code over}. What is replaced never shows in an excerpt. */
    public YamlNode.Mapping merge(YamlNode.Mapping base, YamlNode.Mapping over, String path) {
        Map<String, YamlNode.Entry> entries = new LinkedHashMap<>(base.entries());
        for (YamlNode.Entry entry : over.entries().values()) {
            String key = entries.containsKey(entry.key())
                    ? entry.key()
                    : spellings.of(path, entry.key(), base.entries().keySet());
            YamlNode.Entry before = entries.get(key);
            if (before == null) {
                entries.put(key, entry);
            } else if (!isNothing(entry.value())) {
                entries.put(key, merged(before, entry, YamlPath.child(path, key)));
            }
        }
        return new YamlNode.Mapping(base.place(), base.span(), entries);
    }

    private YamlNode.Entry merged(YamlNode.Entry before, YamlNode.Entry entry, String path) {
        YamlNode old = before.value();
        YamlNode now = entry.value();
        if (variables.structure(old, path) instanceof YamlNode.Mapping oldMap
                && variables.structure(now, path) instanceof YamlNode.Mapping newMap) {
            return new YamlNode.Entry(before.key(), before.place(), merge(oldMap, newMap, path));
        }
        // nobody will look at the old value any more, so nobody can tell whether it is secret
        old.hide();
        return entry;
    }

    private static boolean isNothing(YamlNode node) {
        return node instanceof YamlNode.Scalar scalar && (scalar.isBlank() || scalar.isUnset());
    }
}
