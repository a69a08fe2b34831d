package tscollector.exposition;

import java.util.Arrays;

/** A growing list of slots. */
final class Slots {
    private int[] slots = new int[1]; // nearly always one
    private int size;

    void add(int slot) {
        if (size == slots.length) {
            slots = Arrays.copyOf(slots, 2 * size);
        }
        slots[size++] = slot;
    }

    int size() {
        return size;
    }

    int last() {
        return slots[size - 1];
    }

    int[] toArray() {
        return Arrays.copyOf(slots, size);
    }
}
