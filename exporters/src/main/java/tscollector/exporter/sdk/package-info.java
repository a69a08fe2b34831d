/**
 * Any metric or log record exporter of the OpenTelemetry SDK that is on the class path, by the name its provider has: the public
 * autoconfigure interfaces (1.67), without autoconfigure itself. What such an exporter tells us is success or failure, nothing
 * more: every failure is tried again, and partial success cannot be seen.
 */
@NullMarked
package tscollector.exporter.sdk;

import org.jspecify.annotations.NullMarked;
