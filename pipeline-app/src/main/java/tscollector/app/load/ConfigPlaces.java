package tscollector.app.load;

import tscollector.config.Problems;
import tscollector.kit.config.Mistakes;
import tscollector.kit.config.Place;
import tscollector.kit.config.YamlNode;
import tscollector.kit.config.YamlPath;

/** Knows where each setting of a loaded configuration stands. */
public final class ConfigPlaces {
    private final YamlNode.Mapping root;

    ConfigPlaces(YamlNode.Mapping root) {
        this.root = root;
    }

    /** The place of the value at a path, or of the key of the nearest section around it that was written. */
    public Place of(String path) {
        return YamlPath.find(root, null, path).blamed();
    }

    ConfigException refusal(Problems problems) {
        Mistakes mistakes = new Mistakes();
        for (Problems.Problem problem : problems.all()) {
            if (problem.fatal()) {
                YamlPath.Found found = YamlPath.find(root, null, problem.path());
                mistakes.add(problem.ofKey() ? found.blamedKey() : found.blamed(), problem.path(), problem.text());
            }
        }
        return new ConfigException(mistakes.fatal());
    }
}
