/**
 * Receiver {@code torchserve}: one host name gives all three APIs of a TorchServe with its default ports, and one resource for
 * what they say. It does what {@code torchserve_openmetrics}, {@code torchserve_inference} and {@code torchserve_management} do.
 */
@NullMarked
package tscollector.receiver.torchserve;

import org.jspecify.annotations.NullMarked;
