/**
 * OTLP over gRPC and over HTTP, protobuf with or without gzip, as the OpenTelemetry Protocol 1.x defines it. The SDK's exporters
 * (1.67) encode; a sender of ours, plugged in through their public sender interfaces, carries the bytes over OkHttp and reads what
 * the backend answers: partial success, {@code Retry-After}, gRPC statuses and {@code RetryInfo}. Limits: 64 MiB a request, 4 MiB
 * of an answer; no JSON encoding; no HTTP proxy for gRPC without TLS.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/">OTLP specification</a>
 */
@NullMarked
package tscollector.exporter.otlp;

import org.jspecify.annotations.NullMarked;
