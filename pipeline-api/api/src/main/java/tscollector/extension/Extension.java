package tscollector.extension;

import tscollector.component.Component;

/**
 * A component outside the data path. What it can do for others it says by implementing a capability such as {@link Storage}
 * or {@link PipelineWatcher}; others get it by id from their {@link tscollector.component.Host}.
 */
public interface Extension extends Component {}
