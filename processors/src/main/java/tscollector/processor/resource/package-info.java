/**
 * {@code resource}: the actions of {@code attributes} on the Resource of a batch, as in the OpenTelemetry Collector. One new
 * Resource instance is made per input Resource, so that groups that shared one still do.
 *
 * @see <a href="https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/processor/resourceprocessor">The
 *     Collector's processor</a>
 */
@NullMarked
package tscollector.processor.resource;

import org.jspecify.annotations.NullMarked;
