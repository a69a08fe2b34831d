/**
 * Receiver {@code torchserve_inference}: {@code GET /ping} of one or many TorchServe servers, their health and how long they took
 * to say so. Seen with TorchServe 0.12.0; the answers of 0.7 and older are understood.
 *
 * @see tscollector.torchserve.inference
 */
@NullMarked
package tscollector.receiver.inference;

import org.jspecify.annotations.NullMarked;
