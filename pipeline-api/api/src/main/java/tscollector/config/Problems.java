package tscollector.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Collects what is wrong with a configuration. Paths are relative to where this stands: setting names joined by dots, list
 * positions in brackets, for instance {@code metrics.include.metric_names[1]}. One thread at a time.
 */
public final class Problems {
    /**
     * One mistake.
     *
     * @param path absolute, for instance {@code exporters.otlp_http.endpoint}
     * @param text what follows the path in the message: "must be ...", "is ..."; no full stop at the end
     * @param fatal false for warnings, which keep nothing from starting
     * @param ofKey whether the key itself is wrong, not what stands behind it
     */
    public record Problem(String path, String text, boolean fatal, boolean ofKey) {
        /** Of a value. */
        public Problem(String path, String text, boolean fatal) {
            this(path, text, fatal, false);
        }
    }

    private final List<Problem> found;
    private final String prefix;

    public Problems() {
        this(new ArrayList<>(), "");
    }

    private Problems(List<Problem> found, String prefix) {
        this.found = found;
        this.prefix = prefix;
    }

    /** The same collection seen from a section: paths given to the result are relative to {@code path}. */
    public Problems at(String path) {
        return new Problems(found, absolute(path));
    }

    /** Adds a mistake unless {@code holds}; the value is blamed, at its own place. */
    public void check(String path, boolean holds, String text) {
        if (!holds) {
            add(path, text);
        }
    }

    /** Adds a mistake unless {@code holds}; the key is blamed, for instance a header's name in a map of headers. */
    public void checkKey(String path, boolean holds, String text) {
        if (!holds) {
            found.add(new Problem(absolute(path), text, true, true));
        }
    }

    /** Adds a mistake. An empty path blames the section itself. */
    public void add(String path, String text) {
        found.add(new Problem(absolute(path), text, true));
    }

    /** Adds something the user should know that keeps nothing from starting. */
    public void warn(String path, String text) {
        found.add(new Problem(absolute(path), text, false));
    }

    /** All of them in the order they were found. */
    public List<Problem> all() {
        return Collections.unmodifiableList(found);
    }

    private String absolute(String path) {
        if (prefix.isEmpty() || path.isEmpty()) {
            return prefix + path;
        }
        return path.startsWith("[") ? prefix + path : prefix + "." + path;
    }
}
