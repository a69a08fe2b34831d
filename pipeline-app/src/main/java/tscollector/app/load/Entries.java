package tscollector.app.load;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tscollector.component.ComponentId;
import tscollector.kit.config.Mistakes;
import tscollector.kit.config.Variables;
import tscollector.kit.config.YamlNode;
import tscollector.kit.config.YamlPath;

/** Reads lists of component ids. */
final class Entries {
    private final Mistakes mistakes;
    private final Variables variables;

    /** An id as it was written, and where. */
    record Named(ComponentId id, YamlNode node, String path) {}

    Entries(Mistakes mistakes, Variables variables) {
        this.mistakes = mistakes;
        this.variables = variables;
    }

    /** The ids; nothing at all if none were written. */
    List<Named> ids(@Nullable YamlNode written, String path) {
        List<Named> ids = new ArrayList<>();
        if (written == null || isNothing(written)) {
            return ids;
        }
        if (!(variables.structure(written, path) instanceof YamlNode.Sequence list)) {
            mistakes.add(
                    written.place(), path, "must be a list of ids, such as [otlp_http], not " + YamlNode.word(written));
            return ids;
        }
        for (int i = 0; i < list.items().size(); i++) {
            YamlNode item = list.items().get(i);
            String itemPath = YamlPath.child(path, i);
            if (item instanceof YamlNode.Scalar scalar && !scalar.isNull()) {
                if (!scalar.isUnset()) {
                    id(scalar, itemPath, ids);
                }
            } else {
                mistakes.add(item.place(), itemPath, "must be a component's id, not " + YamlNode.word(item));
            }
        }
        return ids;
    }

    YamlNode.@Nullable Mapping map(YamlNode node, String path, String what) {
        YamlNode read = variables.structure(node, path);
        if (read instanceof YamlNode.Mapping map) {
            return map;
        }
        if (!isNothing(read)) {
            mistakes.add(node.place(), path, "must be a map of " + what + ", not " + YamlNode.word(read));
        }
        return null;
    }

    static boolean isNothing(YamlNode node) {
        return node instanceof YamlNode.Scalar scalar && (scalar.isNull() || scalar.isUnset());
    }

    private void id(YamlNode.Scalar scalar, String path, List<Named> ids) {
        try {
            ids.add(new Named(ComponentId.parse(scalar.text()), scalar, path));
        } catch (IllegalArgumentException e) {
            mistakes.add(scalar.place(), path, "is no component's id: " + e.getMessage());
        }
    }
}
