package tscollector.kit.config;

import java.util.LinkedHashMap;
import java.util.Map;

/** Trees without their places, for comparing. */
final class Plain {
    private Plain() {}

    /** Maps, lists and the text of scalars. */
    static Object of(YamlNode node) {
        if (node instanceof YamlNode.Mapping map) {
            Map<String, Object> values = new LinkedHashMap<>();
            map.entries().forEach((key, entry) -> values.put(key, of(entry.value())));
            return values;
        }
        if (node instanceof YamlNode.Sequence list) {
            return list.items().stream().map(Plain::of).toList();
        }
        return ((YamlNode.Scalar) node).text();
    }
}
