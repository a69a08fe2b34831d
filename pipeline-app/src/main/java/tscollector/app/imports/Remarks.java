package tscollector.app.imports;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What somebody who switches should know: one line an option, {@code path: text}, in the order found, each once. */
final class Remarks {
    private final Set<String> lines = new LinkedHashSet<>();

    /**
     * Adds a line.
     *
     * @param path for instance {@code instances[12].exclude_metrics}; never a value
     */
    void add(String path, String text) {
        lines.add((path + ": " + text).replaceAll("\\p{Cntrl}", "?"));
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
