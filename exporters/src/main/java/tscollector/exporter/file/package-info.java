/**
 * The {@code file} exporter: one OTLP request as JSON a line, as the OpenTelemetry Collector's file exporter writes it, with rotation
 * by size. Encoding: OTLP 1.x JSON mapping (lowerCamelCase, 64-bit integers as text, enums as numbers).
 */
@NullMarked
package tscollector.exporter.file;

import org.jspecify.annotations.NullMarked;
