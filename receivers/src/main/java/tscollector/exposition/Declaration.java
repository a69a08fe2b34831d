package tscollector.exposition;

import org.jspecify.annotations.Nullable;

/**
 * What TYPE, HELP and UNIT lines say about one family.
 *
 * @param type null if no TYPE line did
 * @param help with its escapes resolved; null if no HELP line did
 * @param unit of an OpenMetrics UNIT line; null if there was none
 */
record Declaration(
        @Nullable DeclaredType type,
        @Nullable String help,
        @Nullable String unit) {
    static final Declaration NONE = new Declaration(null, null, null);
}
