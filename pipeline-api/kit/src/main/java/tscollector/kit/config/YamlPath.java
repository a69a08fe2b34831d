package tscollector.kit.config;

import org.jspecify.annotations.Nullable;

/** Paths of settings: names joined by dots, list positions in brackets. */
public final class YamlPath {
    private YamlPath() {}

    /** The path of an entry of the map at {@code path}. */
    public static String child(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** The path of an element of the list at {@code path}. */
    public static String child(String path, int index) {
        return path + "[" + index + "]";
    }

    /** A key or a value, and whether it is what the whole path meant. */
    public record Found(@Nullable Place key, YamlNode value, boolean exact) {
        /** The place of the value if it was meant, else, and for values that begin below their key, that of the key. */
        public Place blamed() {
            boolean below = key != null && value.place().line() != key.line();
            return key == null || (exact && !below) ? value.place() : key;
        }

        /** The place of the key, or of the value if it has none. */
        public Place blamedKey() {
            return key == null ? value.place() : key;
        }
    }

    /**
     * Follows a path as far as it goes. Keys may have dots in them: the longest one that fits is taken.
     *
     * @param key where the key of {@code root} stands, if it has one
     */
    public static Found find(YamlNode root, @Nullable Place key, String path) {
        YamlNode node = root;
        Place place = key;
        String rest = path;
        while (!rest.isEmpty()) {
            if (rest.startsWith("[") && node instanceof YamlNode.Sequence list) {
                int end = rest.indexOf(']');
                int index = index(rest, end);
                if (index < 0 || index >= list.items().size()) {
                    return new Found(place, node, false);
                }
                node = list.items().get(index);
                place = node.place();
                rest = withoutDot(rest.substring(end + 1));
                continue;
            }
            YamlNode.Entry entry = node instanceof YamlNode.Mapping map ? longest(map, rest) : null;
            if (entry == null) {
                return new Found(place, node, false);
            }
            node = entry.value();
            place = entry.place();
            rest = withoutDot(rest.substring(entry.key().length()));
        }
        return new Found(place, node, true);
    }

    private static YamlNode.@Nullable Entry longest(YamlNode.Mapping map, String rest) {
        int end = rest.length();
        while (end > 0) {
            YamlNode.Entry entry = map.entries().get(rest.substring(0, end));
            if (entry != null) {
                return entry;
            }
            end = Math.max(rest.lastIndexOf('.', end - 1), rest.lastIndexOf('[', end - 1));
        }
        return null;
    }

    private static int index(String rest, int end) {
        try {
            return end < 0 ? -1 : Integer.parseInt(rest.substring(1, end));
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static String withoutDot(String rest) {
        return rest.startsWith(".") ? rest.substring(1) : rest;
    }
}
