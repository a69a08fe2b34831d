/**
 * What the exporters that send to Datadog share, no component itself: its sites with the addresses of their intakes, and the rules
 * for an API key.
 *
 * @see <a href="https://docs.datadoghq.com/getting_started/site/">Datadog sites</a>
 */
@NullMarked
package tscollector.datadog;

import org.jspecify.annotations.NullMarked;
