/**
 * One run against TorchServe's management API: the list of models page by page, a describe per model, the numbers and the
 * inventory out of them. No component; two receivers use it.
 *
 * <p>What the server does, seen with 0.12.0: pages are numeric offsets into the list as it is at that moment; describe-all gives
 * versions in no order and does not say which is the default; a worker's id is its port and outlives its process; for a worker
 * on a GPU the server runs nvidia-smi on an event loop, which is why such models are asked seldom.
 */
@NullMarked
package tscollector.torchserve.management;

import org.jspecify.annotations.NullMarked;
