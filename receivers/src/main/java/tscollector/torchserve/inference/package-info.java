/** One run against TorchServe's inference API: {@code GET /ping}. No component; two receivers use it. */
@NullMarked
package tscollector.torchserve.inference;

import org.jspecify.annotations.NullMarked;
