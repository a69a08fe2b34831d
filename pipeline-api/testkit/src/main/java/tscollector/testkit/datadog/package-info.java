/**
 * A strict double of Datadog's intake: {@link tscollector.testkit.datadog.DatadogIntake} takes what the real one takes and refuses,
 * loudly, also what the real one would drop in silence. Knows nothing of the exporter; limits and forms are those of Datadog's
 * OpenAPI files and of the Agent where these are silent.
 */
@NullMarked
package tscollector.testkit.datadog;

import org.jspecify.annotations.NullMarked;
