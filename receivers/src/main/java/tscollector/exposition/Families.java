package tscollector.exposition;

import org.jspecify.annotations.Nullable;

/** Tells which family a sample belongs to. Two that are equal give the same places. */
interface Families {
    /** What a sample is to its family. */
    enum Part {
        /** A number of its own. */
        VALUE,
        BUCKET,
        SUM,
        COUNT,
        QUANTILE,
        /** When the series began: left out, since start times are the collector's own. */
        CREATED,
        /** Bears the name of a histogram or summary and is no part of one. */
        STRAY
    }

    /** One sample's place. */
    record Place(String family, Declaration declaration, Part part) {
        DeclaredType type() {
            return declaration.type() == null ? DeclaredType.UNTYPED : declaration.type();
        }
    }

    /** The place of the sample in a slot; a sample that nothing declares is a family of its own. */
    Place placeOf(int slot, String name, boolean hasBound, boolean hasQuantile);

    /** The place of a sample in a histogram or summary by the suffix of its name; null if it is no part of one. */
    static @Nullable Place partOf(
            DeclaredType type, String family, Declaration declaration, String suffix, boolean hasBound) {
        boolean isHistogram = type == DeclaredType.HISTOGRAM;
        if (!isHistogram && type != DeclaredType.SUMMARY) {
            return null;
        }
        return switch (suffix) {
            case "_bucket" -> isHistogram ? new Place(family, declaration, hasBound ? Part.BUCKET : Part.STRAY) : null;
            case "_sum" -> new Place(family, declaration, Part.SUM);
            case "_count" -> new Place(family, declaration, Part.COUNT);
            default -> null;
        };
    }
}
