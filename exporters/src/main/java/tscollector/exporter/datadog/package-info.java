/**
 * The {@code datadog} exporter: metrics, service checks, events and logs to Datadog's own intake, as the Agent's check would have
 * sent them.
 *
 * <p>Speaks HTTP with one API key in the header {@code DD-API-KEY}: series v2, sketches, check runs and events v1 at {@code
 * api.<site>}, logs v2 at {@code http-intake.logs.<site>}. {@link tscollector.exporter.datadog.Intake} knows the addresses, the
 * limits and the answers; what goes into a request is decided by the senders of the two signals. Never tried against Datadog
 * itself, but against a strict double of it and the model classes of its public Java client.
 *
 * @see <a href="https://docs.datadoghq.com/api/latest/">Datadog's API reference</a>
 */
@NullMarked
package tscollector.exporter.datadog;

import org.jspecify.annotations.NullMarked;
