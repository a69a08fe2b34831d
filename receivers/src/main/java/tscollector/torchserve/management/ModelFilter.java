package tscollector.torchserve.management;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Chooses the models to describe. Immutable. */
final class ModelFilter {
    private final @Nullable List<Pattern> include;
    private final List<Pattern> exclude;
    private final int limit;

    ModelFilter(ModelsConfig config) {
        this.include = config.include() == null ? null : compile(config.include());
        this.exclude = compile(config.exclude());
        this.limit = config.limit() == null ? Integer.MAX_VALUE : config.limit();
    }

    /** Those to describe, in the order of the list. */
    List<ListedModel> choose(Iterable<ListedModel> models) {
        List<ListedModel> chosen = new ArrayList<>();
        for (ListedModel model : models) {
            if (chosen.size() < limit && wants(model.name())) {
                chosen.add(model);
            }
        }
        return chosen;
    }

    private boolean wants(String name) {
        return (include == null || anyFindsIn(include, name)) && !anyFindsIn(exclude, name);
    }

    private static boolean anyFindsIn(List<Pattern> patterns, String name) {
        for (Pattern pattern : patterns) {
            if (pattern.matcher(name).find()) {
                return true;
            }
        }
        return false;
    }

    private static List<Pattern> compile(List<String> expressions) {
        return expressions.stream().map(Pattern::compile).toList();
    }
}
