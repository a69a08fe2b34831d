package tscollector.extension;

import java.io.IOException;
import tscollector.component.ComponentId;
import tscollector.component.Kind;

/** An extension that keeps small state over restarts, apart for each component. Thread-safe. */
public interface Storage {
    /**
     * The store of one component; the same one after a restart with the same ids. Never tied to the spelling of a type: the
     * caller gives the id with the canonical type.
     *
     * @param name tells several stores of one component apart; may be empty
     * @throws IOException if it cannot be opened or read
     */
    Store open(Kind kind, ComponentId owner, String name) throws IOException;
}
