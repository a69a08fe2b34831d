/**
 * {@code batch}: a name that configurations made for the OpenTelemetry Collector have. Here batches are made behind the
 * exporters' queues, where nothing is lost that a processor had already taken; this processor passes everything on at once and
 * only carries the numbers.
 */
@NullMarked
package tscollector.processor.batch;

import org.jspecify.annotations.NullMarked;
