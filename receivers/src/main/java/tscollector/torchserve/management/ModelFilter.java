package tscollector.torchserve.management;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Chooses the models to describe. Immutable. */
final class ModelFilter {
    private static final List<Pattern> ANY = List.of(Pattern.compile(""));

    private final List<Pattern> include;
    private final List<Pattern> exclude;
    private final int limit;

    ModelFilter(ModelsConfig config) {
        this.include = config.include() == null ? ANY : compile(config.include());
        this.exclude = compile(config.exclude());
        this.limit = config.limit() == null ? Integer.MAX_VALUE : config.limit();
    }

    /** Those to describe: what the first pattern of {@code include} finds in the order of the list, then the second, and so on. */
    List<ListedModel> choose(Iterable<ListedModel> models) {
        Set<ListedModel> chosen = new LinkedHashSet<>();
        for (Pattern pattern : include) {
            for (ListedModel model : models) {
                if (chosen.size() < limit
                        && pattern.matcher(model.name()).find()
                        && !anyFindsIn(exclude, model.name())) {
                    chosen.add(model);
                }
            }
        }
        return List.copyOf(chosen);
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
