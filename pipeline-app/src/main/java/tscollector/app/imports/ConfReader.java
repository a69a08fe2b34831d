package tscollector.app.imports;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import tscollector.kit.config.ScalarKind;
import tscollector.kit.config.YamlReader;

/**
 * Reads YAML or JSON as the Agent does: {@code yes} and {@code off} are truth values, {@code <<} merges maps, the last of two equal
 * keys counts. Gives maps, lists, String, Boolean, Long, Double and null. Bounded in size, depth and number of values.
 */
final class ConfReader {
    private static final int DEEPEST = 64;
    private static final int MOST_VALUES = 1_000_000;
    private static final Set<String> TRUE = Set.of("true", "yes", "on");
    private static final Set<String> FALSE = Set.of("false", "no", "off");

    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setCodePointLimit(YamlReader.LONGEST_DOCUMENT)
            .setMaxAliasesForCollections(1000)
            .setAllowDuplicateKeys(true)
            .setAllowNonScalarKeys(true)
            .build();

    private int values;

    private ConfReader() {}

    /**
     * All documents of a text; empty ones are left out.
     *
     * @throws Unreadable if it is no YAML
     */
    static List<Object> documents(String text) throws Unreadable {
        ConfReader reader = new ConfReader();
        List<Object> documents = new ArrayList<>();
        try {
            for (Node node : new Compose(SETTINGS).composeAllFromString(text)) {
                Object document = reader.value(node, 0);
                if (document != null) {
                    documents.add(document);
                }
            }
        } catch (MarkedYamlEngineException e) {
            String where = e.getProblemMark()
                    .map(mark -> " at line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1))
                    .orElse("");
            throw new Unreadable("is neither YAML nor JSON" + where);
        } catch (YamlEngineException e) {
            throw new Unreadable("is neither YAML nor JSON");
        } catch (StackOverflowError e) {
            // the engine composes recursively
            throw new Unreadable("is nested too deeply");
        }
        return documents;
    }

    private @Nullable Object value(Node node, int depth) throws Unreadable {
        if (depth > DEEPEST) {
            throw new Unreadable("is nested deeper than " + DEEPEST + " levels");
        }
        if (++values > MOST_VALUES) {
            throw new Unreadable("has more than " + MOST_VALUES + " values");
        }
        if (node instanceof MappingNode mapping) {
            return map(mapping, depth);
        }
        if (node instanceof SequenceNode sequence) {
            List<@Nullable Object> items = new ArrayList<>();
            for (Node item : sequence.getValue()) {
                items.add(value(item, depth + 1));
            }
            return items;
        }
        ScalarNode scalar = (ScalarNode) node;
        return scalar.isPlain() ? plain(scalar.getValue()) : scalar.getValue();
    }

    private Map<String, @Nullable Object> map(MappingNode mapping, int depth) throws Unreadable {
        Map<String, @Nullable Object> merged = new LinkedHashMap<>();
        Map<String, @Nullable Object> own = new LinkedHashMap<>();
        for (NodeTuple entry : mapping.getValue()) {
            if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                continue; // a key that is a list or a map names no option
            }
            Object value = value(entry.getValueNode(), depth + 1);
            if (key.getValue().equals("<<") && key.isPlain()) {
                merge(value, merged);
            } else {
                own.put(key.getValue(), value);
            }
        }
        merged.putAll(own);
        return merged;
    }

    private static void merge(@Nullable Object value, Map<String, @Nullable Object> into) {
        if (value instanceof List<?> several) {
            several.forEach(one -> merge(one, into));
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, item) -> into.putIfAbsent(String.valueOf(key), item));
        }
    }

    private static @Nullable Object plain(String text) {
        String lower = text.length() > 5 ? "" : text.toLowerCase(java.util.Locale.ROOT);
        if (TRUE.contains(lower)) {
            return true;
        }
        if (FALSE.contains(lower)) {
            return false;
        }
        return switch (ScalarKind.of(text)) {
            case NULL -> null;
            case INTEGER -> integer(text);
            case FLOAT -> floating(text);
            default -> text;
        };
    }

    private static Object integer(String text) {
        try {
            if (text.startsWith("0x")) {
                return Long.parseLong(text.substring(2), 16);
            }
            if (text.matches("[-+]?0[0-9]+")) {
                return text; // octal to some readers, decimal to others; what was meant is most often the text
            }
            return text.startsWith("0o") ? Long.parseLong(text.substring(2), 8) : Long.parseLong(text);
        } catch (NumberFormatException e) {
            return text; // too long for a number that means anything here
        }
    }

    private static Object floating(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return text; // .inf and .nan are no settings
        }
    }

    /** The text is no YAML. The message says where, and shows nothing of it. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message);
        }
    }
}
