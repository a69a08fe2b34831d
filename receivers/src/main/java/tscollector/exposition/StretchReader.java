package tscollector.exposition;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tscollector.exposition.FamiliesInOrder.Stretch;

/** Follows a body line by line to know which declaration each sample stands under. For one body. */
final class StretchReader {
    private final List<Stretch> stretches = new ArrayList<>();
    private int[] ofSlot = new int[64];
    private int slots;
    private boolean open;

    /** A TYPE or HELP line; {@code type} null for a HELP line, or for a TYPE line that names none. */
    void declared(String family, @Nullable DeclaredType type, @Nullable String help) {
        Stretch last = open ? stretches.get(stretches.size() - 1) : null;
        if (last != null && last.family().equals(family)) {
            Declaration before = last.declaration();
            Declaration now = new Declaration(
                    type == null ? before.type() : type, help == null ? before.help() : help, before.unit());
            stretches.set(
                    stretches.size() - 1, new Stretch(family, now)); // the last one counts, also for samples before
        } else {
            stretches.add(new Stretch(family, new Declaration(type, help, null)));
            open = true;
        }
    }

    /** A sample that could be read; the calls' order is that of the slots. */
    void sample(String name) {
        if (slots == ofSlot.length) {
            ofSlot = Arrays.copyOf(ofSlot, 2 * slots);
        }
        open = open && stretches.get(stretches.size() - 1).takes(name);
        ofSlot[slots++] = open ? stretches.size() - 1 : FamiliesInOrder.NONE;
    }

    /** Stretches so far. */
    int count() {
        return stretches.size();
    }

    FamiliesInOrder families() {
        return new FamiliesInOrder(stretches, Arrays.copyOf(ofSlot, slots));
    }
}
