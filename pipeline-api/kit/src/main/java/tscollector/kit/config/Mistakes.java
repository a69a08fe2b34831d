package tscollector.kit.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects mistakes and the sources they stand in. One thread at a time. */
public final class Mistakes {
    private static final Comparator<Mistake> BY_PLACE = Comparator.<Mistake>comparingInt(
                    mistake -> mistake.place().source().order())
            .thenComparingInt(mistake -> mistake.place().line())
            .thenComparingInt(mistake -> mistake.place().column());

    private final Set<Mistake> fatal = new LinkedHashSet<>();
    private final Set<Mistake> warnings = new LinkedHashSet<>();
    private int sources;

    /** Opens a further source; mistakes are sorted in the order of these calls. */
    public YamlSource source(String name, String text) {
        return new YamlSource(name, text, sources++);
    }

    /** Something that keeps the configuration from being used; said once, however often it is found. */
    public void add(Place place, String path, String text) {
        fatal.add(new Mistake(place, path, text));
    }

    /** Something that the user should know. */
    public void warn(Place place, String path, String text) {
        warnings.add(new Mistake(place, path, text));
    }

    public boolean any() {
        return !fatal.isEmpty();
    }

    int count() {
        return fatal.size();
    }

    /** By source, then by place. */
    public List<Mistake> fatal() {
        return sorted(fatal);
    }

    /** By source, then by place. */
    public List<Mistake> warnings() {
        return sorted(warnings);
    }

    private static List<Mistake> sorted(Set<Mistake> mistakes) {
        List<Mistake> sorted = new ArrayList<>(mistakes);
        sorted.sort(BY_PLACE);
        return List.copyOf(sorted);
    }
}
