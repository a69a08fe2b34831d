package tscollector.app.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * An OTLP backend over HTTP that keeps what it is sent, or of the metrics those that a test asks for: what a hostile server makes of a
 * program must not fill the test's own memory. It accepts protobuf on the two paths and nothing else.
 */
final class OtlpSink implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<ExportMetricsServiceRequest> metrics = Collections.synchronizedList(new ArrayList<>());
    private final List<ExportLogsServiceRequest> logs = Collections.synchronizedList(new ArrayList<>());
    private volatile int status = 200;

    OtlpSink() {
        this(request -> request);
    }

    /** Keeps only the metrics whose name {@code kept} accepts. */
    static OtlpSink keeping(Predicate<String> kept) {
        return new OtlpSink(request -> only(kept, request));
    }

    private OtlpSink(UnaryOperator<ExportMetricsServiceRequest> reduction) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext(
                "/v1/metrics",
                exchange -> answer(
                        exchange, body -> metrics.add(reduction.apply(ExportMetricsServiceRequest.parseFrom(body)))));
        server.createContext(
                "/v1/logs", exchange -> answer(exchange, body -> logs.add(ExportLogsServiceRequest.parseFrom(body))));
        server.setExecutor(threads);
        server.start();
    }

    private static ExportMetricsServiceRequest only(Predicate<String> kept, ExportMetricsServiceRequest request) {
        ExportMetricsServiceRequest.Builder smaller = ExportMetricsServiceRequest.newBuilder();
        for (ResourceMetrics resource : request.getResourceMetricsList()) {
            for (ScopeMetrics scope : resource.getScopeMetricsList()) {
                List<Metric> some = scope.getMetricsList().stream()
                        .filter(metric -> kept.test(metric.getName()))
                        .toList();
                if (!some.isEmpty()) {
                    smaller.addResourceMetricsBuilder()
                            .setResource(resource.getResource())
                            .addScopeMetricsBuilder()
                            .setScope(scope.getScope())
                            .addAllMetrics(some);
                }
            }
        }
        return smaller.build();
    }

    private interface Store {
        void accept(InputStream body) throws IOException;
    }

    private void answer(HttpExchange exchange, Store store) throws IOException {
        try (exchange) {
            boolean valid = "POST".equals(exchange.getRequestMethod())
                    && "application/x-protobuf"
                            .equals(exchange.getRequestHeaders().getFirst("Content-Type"));
            boolean gzip = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
            try (InputStream raw = exchange.getRequestBody();
                    InputStream body = gzip ? new GZIPInputStream(raw) : raw) {
                if (valid && status == 200) {
                    store.accept(body);
                } else {
                    body.readAllBytes();
                }
            }
            exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(valid ? status : 415, -1);
        }
    }

    /** Answers everything with this status from now on. */
    void answerWith(int newStatus) {
        status = newStatus;
    }

    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    Stream<Metric> metrics() {
        return List.copyOf(metrics).stream()
                .flatMap(request -> request.getResourceMetricsList().stream())
                .flatMap(resource -> resource.getScopeMetricsList().stream())
                .flatMap(scope -> scope.getMetricsList().stream());
    }

    List<String> metricNames() {
        return metrics().map(Metric::getName).distinct().sorted().toList();
    }

    Stream<LogRecord> records() {
        return List.copyOf(logs).stream()
                .flatMap(request -> request.getResourceLogsList().stream())
                .flatMap(resource -> resource.getScopeLogsList().stream())
                .flatMap(scope -> scope.getLogRecordsList().stream());
    }

    List<String> eventNames() {
        return records().map(LogRecord::getEventName).toList();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
