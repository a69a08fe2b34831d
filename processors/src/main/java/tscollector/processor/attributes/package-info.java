/**
 * {@code attributes}: inserts, updates, deletes, hashes, extracts and converts attributes of points and log records, with the
 * names and rules of the OpenTelemetry Collector's processor of that name. What is done to a series is worked out once per
 * {@link tscollector.signal.Shape}.
 *
 * @see <a href="https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/processor/attributesprocessor">The
 *     Collector's processor</a>
 */
@NullMarked
package tscollector.processor.attributes;

import org.jspecify.annotations.NullMarked;
