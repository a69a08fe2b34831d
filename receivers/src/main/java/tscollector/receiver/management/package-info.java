/**
 * Receiver {@code torchserve_management}: the models, versions and workers of one or many TorchServe servers, as metrics and as an
 * inventory. Seen with TorchServe 0.12.0; fields that older or newer servers lack or add do no harm.
 *
 * @see tscollector.torchserve.management
 */
@NullMarked
package tscollector.receiver.management;

import org.jspecify.annotations.NullMarked;
