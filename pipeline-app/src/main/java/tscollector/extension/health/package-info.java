/**
 * The extension {@code health_check}: answers probes over HTTP, for Kubernetes and load balancers. Paths, codes and the fields
 * {@code status}, {@code upSince} and {@code uptime} are those of the OpenTelemetry Collector's extension of the same name; the
 * components in trouble are added. Served by the JDK's own HTTP server; at most {@link
 * tscollector.extension.health.ProbeServer#MAX_REQUESTS} requests at a time, each for at most ten seconds.
 */
@NullMarked
package tscollector.extension.health;

import org.jspecify.annotations.NullMarked;
