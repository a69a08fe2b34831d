package tscollector.app.load;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tscollector.kit.config.Mistakes;
import tscollector.kit.config.Surroundings;
import tscollector.kit.config.TreeMerger;
import tscollector.kit.config.Variables;
import tscollector.kit.config.YamlNode;
import tscollector.kit.config.YamlReader;
import tscollector.kit.config.YamlSource;

/**
 * Loads a configuration: reads, replaces variables, merges, binds, checks. Finds every mistake there is in one go; only a text
 * that is no YAML at all hides those that come after it. May be used again; one thread at a time.
 */
public final class ConfigLoader {
    private final ComponentCatalog catalog;
    private final Surroundings surroundings;

    public ConfigLoader(ComponentCatalog catalog, Surroundings surroundings) {
        this.catalog = catalog;
        this.surroundings = surroundings;
    }

    /**
     * Loads what the command line names.
     *
     * @param sources merged in this order: maps deeply, everything else is replaced
     * @param assignments the arguments of {@code --set}, {@code a.b.c=YAML}; they come last
     * @throws ConfigException if anything is wrong
     */
    public LoadedConfiguration load(List<? extends ConfigSource> sources, List<String> assignments)
            throws ConfigException {
        Mistakes mistakes = new Mistakes();
        Variables variables = new Variables(surroundings, mistakes);
        YamlNode.Mapping root = read(sources, assignments, mistakes, variables);
        if (root == null) {
            throw new ConfigException(mistakes.fatal());
        }
        root = new BatchProcessors(catalog, variables).carryOver(root);
        LoadedConfiguration loaded = new Wiring(catalog, surroundings, mistakes, variables, root).load();
        if (mistakes.any()) {
            throw new ConfigException(mistakes.fatal());
        }
        return loaded;
    }

    private YamlNode.@Nullable Mapping read(
            List<? extends ConfigSource> sources, List<String> assignments, Mistakes mistakes, Variables variables) {
        YamlReader reader = new YamlReader(mistakes);
        TreeMerger merger = new TreeMerger(variables, catalog::spelling);
        YamlNode.Mapping root = null;
        boolean whole = true;
        if (sources.isEmpty()) {
            mistakes.add(
                    mistakes.source("--config", "").at(1, 1), "", "at least one file must be given: --config FILE");
            return null;
        }
        for (ConfigSource source : sources) {
            YamlNode.Mapping next = map(source, reader, mistakes, variables);
            whole &= next != null;
            root = root == null || next == null ? (root == null ? next : root) : merger.merge(root, next, "");
        }
        for (String assignment : assignments) {
            YamlNode.Mapping next = reader.readAssignment(mistakes.source("--set", assignment));
            if (next != null && root != null) {
                root = merger.merge(root, (YamlNode.Mapping) variables.expand(next, ""), "");
            }
        }
        return whole ? root : null;
    }

    private YamlNode.@Nullable Mapping map(
            ConfigSource source, YamlReader reader, Mistakes mistakes, Variables variables) {
        YamlSource text;
        if (source instanceof ConfigSource.File file) {
            text = open(file.path(), mistakes);
        } else {
            ConfigSource.Text given = (ConfigSource.Text) source;
            text = mistakes.source(given.name(), given.yaml());
        }
        YamlNode node = text == null ? null : reader.read(text);
        if (node == null) {
            return null;
        }
        if (node instanceof YamlNode.Scalar scalar && scalar.isBlank()) {
            mistakes.add(node.place().source().at(1, 1), "", "the file is empty");
            return null;
        }
        YamlNode tree = variables.structure(variables.expand(node, ""), "");
        if (tree instanceof YamlNode.Mapping map) {
            return map;
        }
        node.hide();
        mistakes.add(
                node.place(),
                "",
                "the file must be a map with sections such as receivers and service, not " + YamlNode.word(tree));
        return null;
    }

    private @Nullable YamlSource open(String path, Mistakes mistakes) {
        try {
            YamlSource.Decoded decoded = YamlSource.decode(surroundings.read(path, YamlReader.LONGEST_DOCUMENT));
            YamlSource source = mistakes.source(path, decoded.text());
            if (decoded.whole()) {
                return source;
            }
            mistakes.add(source.end(), "", "the file is not UTF-8 here");
        } catch (IOException e) {
            String why = e.getClass() == IOException.class ? e.getMessage() : "cannot be read";
            mistakes.add(mistakes.source(path, "").at(1, 1), "", "the file " + why);
        }
        return null;
    }
}
