/**
 * {@code filter}: lets metrics, points and log records through or drops them, by name and by attribute, with the include and
 * exclude lists that the OpenTelemetry Collector's filter had before its condition language. Every drop is counted under the
 * entry that caused it.
 */
@NullMarked
package tscollector.processor.filter;

import org.jspecify.annotations.NullMarked;
