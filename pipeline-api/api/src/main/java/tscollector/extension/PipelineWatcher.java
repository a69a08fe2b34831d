package tscollector.extension;

import tscollector.component.ComponentId;
import tscollector.component.Kind;
import tscollector.component.Status;

/** An extension that is told how the pipelines are doing. Called by any thread; must return at once. */
public interface PipelineWatcher {
    /** All components run. */
    void ready();

    /** The process is about to stop; components still run. */
    void notReady();

    /** A component reported another status than before. */
    void statusChanged(Kind kind, ComponentId id, Status status);
}
