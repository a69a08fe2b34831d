package tscollector.receiver;

import tscollector.component.Component;

/**
 * A component that makes batches and hands them to the consumers it was built with. One instance per id, whatever signals and
 * pipelines it feeds. A batch that was refused is counted as dropped with its reason, or kept and handed over again, as the
 * source allows.
 */
public interface Receiver extends Component {}
