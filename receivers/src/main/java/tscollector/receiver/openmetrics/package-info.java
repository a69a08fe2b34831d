/**
 * Receiver {@code torchserve_openmetrics}: {@code GET /metrics} of one or many TorchServe servers, or of anything else that
 * exposes Prometheus text. Seen with TorchServe 0.12.0 in its modes prometheus, legacy and log; text 0.0.4, OpenMetrics 1.0 is
 * read without failing. No protobuf, no native histograms, no quoted UTF-8 names.
 *
 * @see tscollector.exposition
 */
@NullMarked
package tscollector.receiver.openmetrics;

import org.jspecify.annotations.NullMarked;
