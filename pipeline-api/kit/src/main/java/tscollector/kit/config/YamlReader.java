package tscollector.kit.config;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Reads one YAML 1.2 document into nodes that know their place. Aliases are resolved (bounded); merge keys, own tags, keys that
 * are no text, duplicates and further documents are mistakes.
 */
public final class YamlReader {
    /** Longest document, in bytes and in characters. */
    public static final int LONGEST_DOCUMENT = 8 << 20;

    private static final int DEEPEST = 64;
    private static final int MOST_NODES = 200_000;

    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setCodePointLimit(LONGEST_DOCUMENT)
            .setMaxAliasesForCollections(100)
            .setSchema(new WithoutMergeKeys())
            .setAllowNonScalarKeys(true) // so that they can be told by name
            .setUseMarks(true)
            .build();

    private final Mistakes mistakes;

    public YamlReader(Mistakes mistakes) {
        this.mistakes = mistakes;
    }

    /** The document, or null if it cannot be read or has nothing in it; then a mistake was reported. */
    public @Nullable YamlNode read(YamlSource source) {
        if (source.text().length() > LONGEST_DOCUMENT) {
            mistakes.add(source.at(1, 1), "", "the file is larger than " + (LONGEST_DOCUMENT >> 20) + "MiB");
            return null;
        }
        try {
            Iterator<Node> documents =
                    new Compose(SETTINGS).composeAllFromString(source.text()).iterator();
            if (!documents.hasNext()) {
                mistakes.add(source.at(1, 1), "", "the file is empty");
                return null;
            }
            YamlNode first = new Walk(source).node(documents.next(), "", 0);
            if (documents.hasNext()) {
                Place second = place(source, documents.next());
                mistakes.add(second, "", "a second document begins here; a file has one (give --config several files)");
            }
            return first;
        } catch (TooLarge e) {
            mistakes.add(e.place, "", e.text);
        } catch (YamlEngineException e) {
            source.markUnreadable();
            YamlFaults.report(source, e, mistakes);
        } catch (StackOverflowError e) {
            // the engine composes recursively; a document that deep is no configuration
            source.markUnreadable();
            mistakes.add(source.at(1, 1), "", "the file is nested deeper than " + DEEPEST + " levels");
        }
        return null;
    }

    /**
     * Reads {@code a.b.c=YAML} as the maps it stands for, all of them at the beginning of the argument.
     *
     * @return null if it cannot be read; then a mistake was reported
     */
    public YamlNode.@Nullable Mapping readAssignment(YamlSource source) {
        String text = source.text();
        AssignmentPath assigned = AssignmentPath.read(text);
        if (assigned == null) {
            source.markUnreadable();
            mistakes.add(
                    source.at(1, 1),
                    "",
                    "must be a path, \"=\" and a value, such as service.telemetry.logs.level=debug");
            return null;
        }
        String path = text.substring(0, assigned.length());
        Place place = new Place(source, 1, 1, path.codePointCount(0, path.length()));
        YamlSource.Span span = new YamlSource.Span(1, place.length() + 2, Integer.MAX_VALUE, 1);
        Mistakes own = new Mistakes();
        String yaml = text.substring(assigned.length() + 1);
        YamlNode value = yaml.isBlank()
                ? new YamlNode.Scalar(place, span, "", true, YamlNode.Expansion.NONE, null)
                : new YamlReader(own).read(own.source("", yaml));
        source.hide(span);
        own.fatal().forEach(mistake -> mistakes.add(place, path, "has a value that is no YAML: " + mistake.sentence()));
        if (value == null || own.any()) {
            return null;
        }
        source.hidden().remove(span);
        List<String> keys = assigned.keys();
        YamlNode node = YamlNode.moved(value, place, span);
        for (int i = keys.size() - 1; i >= 0; i--) {
            String key = keys.get(i);
            node = new YamlNode.Mapping(place, span, Map.of(key, new YamlNode.Entry(key, place, node)));
        }
        return (YamlNode.Mapping) node;
    }

    private static Place place(YamlSource source, Node node) {
        Optional<Mark> start = node.getStartMark();
        Optional<Mark> end = node.getEndMark();
        if (start.isEmpty()) {
            return source.at(1, 1);
        }
        int line = start.get().getLine();
        int column = start.get().getColumn();
        int length = 1;
        if (end.isPresent() && !(node instanceof MappingNode)) {
            int lineLength =
                    (int) source.line(line + 1).stripTrailing().codePoints().count();
            length = end.get().getLine() == line ? end.get().getColumn() - column : lineLength - column;
        }
        return new Place(source, line + 1, column + 1, length);
    }

    private static YamlSource.Span span(Node node) {
        Mark start = node.getStartMark().orElse(null);
        Mark end = node.getEndMark().orElse(null);
        if (start == null || end == null) {
            return new YamlSource.Span(1, 1, Integer.MAX_VALUE, 1);
        }
        return new YamlSource.Span(start.getLine() + 1, start.getColumn() + 1, end.getLine() + 1, end.getColumn() + 1);
    }

    /** Ends the walk through a document that breaks a limit. */
    @SuppressWarnings("serial") // never leaves this class
    private static final class TooLarge extends RuntimeException {
        private final transient Place place;
        private final String text;

        TooLarge(Place place, String text) {
            super(text, null, false, false);
            this.place = place;
            this.text = text;
        }
    }

    private final class Walk {
        private final YamlSource source;
        private int nodes;

        Walk(YamlSource source) {
            this.source = source;
        }

        YamlNode node(Node node, String path, int depth) {
            Place place = place(source, node);
            if (depth > DEEPEST) {
                throw new TooLarge(
                        place,
                        node.isRecursive()
                                ? "the value contains itself by an alias"
                                : "the value is nested deeper than " + DEEPEST + " levels");
            }
            if (++nodes > MOST_NODES) {
                throw new TooLarge(
                        place, "the file has more than " + MOST_NODES + " values; aliases count where they are used");
            }
            if (node instanceof MappingNode mapping) {
                checkTag(node, Tag.MAP, place, path);
                return mapping(mapping, place, path, depth);
            }
            if (node instanceof SequenceNode sequence) {
                checkTag(node, Tag.SEQ, place, path);
                List<YamlNode> items = new ArrayList<>();
                for (Node item : sequence.getValue()) {
                    items.add(node(item, path + "[" + items.size() + "]", depth + 1));
                }
                return new YamlNode.Sequence(place, span(node), items);
            }
            ScalarNode scalar = (ScalarNode) node;
            boolean forcedText = node.getTag().equals(Tag.STR) && ScalarKind.of(scalar.getValue()) != ScalarKind.TEXT;
            if (!ScalarTags.isKnown(node.getTag())) {
                mistakes.add(place, path, "has the tag " + ScalarTags.show(node.getTag()) + ", which is not supported");
            }
            boolean plain = scalar.isPlain() && !forcedText;
            return new YamlNode.Scalar(place, span(node), scalar.getValue(), plain, YamlNode.Expansion.NONE, null);
        }

        private YamlNode mapping(MappingNode mapping, Place place, String path, int depth) {
            Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
            for (NodeTuple tuple : mapping.getValue()) {
                Place keyPlace = place(source, tuple.getKeyNode());
                if (!(tuple.getKeyNode() instanceof ScalarNode keyNode)) {
                    mistakes.add(keyPlace, path, "has a key that is a list or a map; keys are text");
                    source.hide(span(tuple.getValueNode()));
                    continue;
                }
                String key = keyNode.getValue();
                String keyPath = YamlPath.child(path, key);
                YamlNode value = node(tuple.getValueNode(), keyPath, depth + 1);
                if (key.equals("<<") && keyNode.isPlain()) {
                    value.hide();
                    mistakes.add(
                            keyPlace,
                            path,
                            "has the merge key \"<<\", which is not supported; write the settings out, or use an alias (*name) as a whole value");
                } else if (entries.containsKey(key)) {
                    value.hide();
                    mistakes.add(
                            keyPlace,
                            keyPath,
                            "is there twice; the first is in line "
                                    + entries.get(key).place().line());
                } else {
                    entries.put(key, new YamlNode.Entry(key, keyPlace, value));
                }
            }
            return new YamlNode.Mapping(place, span(mapping), entries);
        }

        private void checkTag(Node node, Tag expected, Place place, String path) {
            if (!node.getTag().equals(expected)) {
                mistakes.add(place, path, "has the tag " + ScalarTags.show(node.getTag()) + ", which is not supported");
            }
        }
    }

    /** The core schema would merge the maps below {@code <<} in silence. */
    private static final class WithoutMergeKeys extends CoreSchema {
        @Override
        public ScalarResolver getScalarResolver() {
            return new CoreScalarResolver(false);
        }
    }

    /** The tags of YAML's core schema. */
    private static final class ScalarTags {
        private static final java.util.Set<Tag> KNOWN =
                java.util.Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL);

        static boolean isKnown(Tag tag) {
            // the engine has a tag of its own for ${...}, which Variables replaces
            return KNOWN.contains(tag) || tag.equals(Tag.MERGE) || tag.equals(Tag.ENV_TAG);
        }

        static String show(Tag tag) {
            String value = tag.getValue();
            return value.startsWith(Tag.PREFIX) ? "!!" + value.substring(Tag.PREFIX.length()) : value;
        }
    }
}
