package tscollector.app.graph;

import tscollector.component.Component;
import tscollector.component.ComponentId;
import tscollector.component.Kind;

/**
 * One running component.
 *
 * @param pipeline the pipeline a processor belongs to, the pair of signals of a connector; empty for all others
 */
record Node(Kind kind, ComponentId id, String pipeline, Component component) {
    @Override
    public String toString() {
        return kind.word() + " " + id + (pipeline.isEmpty() ? "" : " (" + pipeline + ")");
    }
}
