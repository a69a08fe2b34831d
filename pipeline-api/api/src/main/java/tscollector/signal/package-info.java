/** The data that flows: batches of groups over the OpenTelemetry SDK's data interfaces, never changed once made. */
@NullMarked
package tscollector.signal;

import org.jspecify.annotations.NullMarked;
