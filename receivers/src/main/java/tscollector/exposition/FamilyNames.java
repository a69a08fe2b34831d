package tscollector.exposition;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells which family a sample belongs to, by the declarations of the whole body: a sample may stand before its TYPE line, far from
 * it, or without one.
 */
record FamilyNames(Map<String, Declaration> declarations) implements Families {
    @Override
    public Place placeOf(int slot, String name, boolean hasBound, boolean hasQuantile) {
        Place derived = derived(name, hasBound);
        Declaration own = declarations.get(name);
        if (own == null || own.type() == null) {
            return derived != null ? derived : new Place(name, own == null ? Declaration.NONE : own, Part.VALUE);
        }
        if (derived != null && derived.part() == Part.CREATED) {
            return derived; // some writers of text 0.0.4 declare these too, as gauges
        }
        return switch (own.type()) {
            case HISTOGRAM -> new Place(name, own, Part.STRAY);
            case SUMMARY -> new Place(name, own, hasQuantile ? Part.QUANTILE : Part.STRAY);
            case COUNTER, GAUGE, UNTYPED, INFO, STATESET, GAUGEHISTOGRAM -> new Place(name, own, Part.VALUE);
        };
    }

    /** The place by a suffix of the name. */
    private @Nullable Place derived(String name, boolean hasBound) {
        int cut = name.lastIndexOf('_');
        if (cut <= 0) {
            return null;
        }
        String family = name.substring(0, cut);
        Declaration base = declarations.get(family);
        DeclaredType type = base == null ? null : base.type();
        String suffix = name.substring(cut);
        if (suffix.equals("_created")) {
            return created(family, base, type);
        }
        if (base == null || type == null) {
            return null;
        }
        return switch (type) {
            case HISTOGRAM, SUMMARY -> Families.partOf(type, family, base, suffix, hasBound);
            case COUNTER -> suffix.equals("_total") ? new Place(family, base, Part.VALUE) : null;
            case INFO -> suffix.equals("_info") ? new Place(family, base, Part.VALUE) : null;
            case GAUGEHISTOGRAM ->
                switch (suffix) {
                    case "_bucket", "_gcount", "_gsum" -> new Place(family, base, Part.VALUE);
                    default -> null;
                };
            case GAUGE, UNTYPED, STATESET -> null;
        };
    }

    private @Nullable Place created(String family, @Nullable Declaration base, @Nullable DeclaredType type) {
        if (base != null && (type == DeclaredType.HISTOGRAM || type == DeclaredType.SUMMARY)) {
            return new Place(family, base, Part.CREATED);
        }
        Declaration counter = type == DeclaredType.COUNTER ? base : declarations.get(family + "_total");
        return counter != null && counter.type() == DeclaredType.COUNTER
                ? new Place(family, counter, Part.CREATED)
                : null;
    }
}
