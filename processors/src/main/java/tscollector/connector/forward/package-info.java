/** {@code forward}: joins pipelines of one signal, as the OpenTelemetry Collector's connector of that name does. */
@NullMarked
package tscollector.connector.forward;

import org.jspecify.annotations.NullMarked;
