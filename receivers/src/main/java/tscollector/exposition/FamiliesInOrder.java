package tscollector.exposition;

import java.util.Arrays;
import java.util.List;

/**
 * Families of text 0.0.4 as the official check reads it: a TYPE line counts for the samples of its family that follow it, until
 * another family or a sample of another name stands in between. What it does not count for has no type.
 */
final class FamiliesInOrder implements Families {
    /** Stands for a sample without a declaration. */
    static final int NONE = -1;

    /** One stretch of the body under a declaration. */
    record Stretch(String family, Declaration declaration) {
        /** Whether a sample of this name may follow. */
        boolean takes(String name) {
            if (name.equals(family)) {
                return declaration.type() != DeclaredType.HISTOGRAM;
            }
            return name.startsWith(family)
                    && declaration.type() != null
                    && Families.partOf(declaration.type(), family, declaration, name.substring(family.length()), true)
                            != null;
        }
    }

    private final List<Stretch> stretches;
    private final int[] stretchOfSlot;

    FamiliesInOrder(List<Stretch> stretches, int[] stretchOfSlot) {
        this.stretches = List.copyOf(stretches);
        this.stretchOfSlot = stretchOfSlot;
    }

    @Override
    public Place placeOf(int slot, String name, boolean hasBound, boolean hasQuantile) {
        if (stretchOfSlot[slot] == NONE) {
            return new Place(name, Declaration.NONE, Part.VALUE);
        }
        Stretch stretch = stretches.get(stretchOfSlot[slot]);
        Declaration declaration = stretch.declaration();
        DeclaredType type = declaration.type();
        if (type != null && !name.equals(stretch.family())) {
            String suffix = name.substring(stretch.family().length());
            Place part = Families.partOf(type, stretch.family(), declaration, suffix, hasBound);
            if (part != null) {
                return part;
            }
        }
        if (type == DeclaredType.SUMMARY) {
            return new Place(name, declaration, hasQuantile ? Part.QUANTILE : Part.STRAY);
        }
        return new Place(name, declaration, Part.VALUE);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FamiliesInOrder that
                && Arrays.equals(stretchOfSlot, that.stretchOfSlot)
                && stretches.equals(that.stretches);
    }

    @Override
    public int hashCode() {
        return 31 * stretches.hashCode() + Arrays.hashCode(stretchOfSlot);
    }
}
