package tscollector.app.imports;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tscollector.app.imports.PythonRegex.Unusable;

/** The groups of a Python expression that remember what they found: their numbers, what their names become, which are still open. */
final class PythonGroups {
    private final Map<String, String> names = new HashMap<>();
    private final Set<Integer> open = new HashSet<>();
    private int count;

    /** The groups so far. */
    int count() {
        return count;
    }

    /** Begins the next group; its number. */
    int begin() {
        open.add(++count);
        return count;
    }

    void end(int number) {
        open.remove(number);
    }

    /** What the name of the next group becomes: Java's names have letters and digits only. */
    String define(String name, PythonText text) throws Unusable {
        if (!name.matches("[\\p{L}_][\\p{L}\\p{N}_]*")) {
            throw text.invalid("bad character in group name");
        }
        String java = name.matches("[A-Za-z][A-Za-z0-9]*") ? name : "group" + (count + 1) + "x";
        if (names.putIfAbsent(name, java) != null) {
            throw text.invalid("redefinition of group name");
        }
        return java;
    }

    /** What the name of an earlier group became; null if there is none. */
    @Nullable
    String named(String name) {
        return names.get(name);
    }

    /** Refuses a reference to a group that has found nothing yet. */
    void checkReference(int number, PythonText text) throws Unusable {
        if (number > count) {
            throw text.invalid("invalid group reference");
        }
        if (open.contains(number)) {
            throw text.invalid("cannot refer to an open group");
        }
    }
}
