package tscollector.processor.naming;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Which full names are sent. Immutable.
 *
 * @param include one of them must be found; empty for all
 * @param exclude none of them may be found
 */
record NamePatterns(List<Pattern> include, List<Pattern> exclude) {
    static final NamePatterns ALL = new NamePatterns(List.of(), List.of());

    boolean passes(String name) {
        return !Search.findsAny(exclude, name) && (include.isEmpty() || Search.findsAny(include, name));
    }
}
