package tscollector.exporter.otlp;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * An OTLP backend over HTTP/1.1, HTTP/2 and gRPC on one port of loopback, with or without TLS. Takes everything with 200 or OK
 * unless an answer was scripted; remembers what it was sent.
 */
final class FakeOtlpBackend implements AutoCloseable {
    /** One request as it came. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    record Received(String path, Map<String, String> headers, byte[] wire, byte[] message, int clientPort) {
        ExportMetricsServiceRequest metrics() {
            return parse(() -> ExportMetricsServiceRequest.parseFrom(message));
        }

        ExportLogsServiceRequest logs() {
            return parse(() -> ExportLogsServiceRequest.parseFrom(message));
        }

        private interface Parser<T> {
            T parse() throws InvalidProtocolBufferException;
        }

        private static <T> T parse(Parser<T> parser) {
            try {
                return parser.parse();
            } catch (InvalidProtocolBufferException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private interface Answer {
        void give(Request request, Response response, Callback callback) throws Exception;
    }

    private final Server server = new Server();
    private final ServerConnector connector;
    private final BlockingQueue<Answer> script = new LinkedBlockingQueue<>();
    private final List<Received> received = new ArrayList<>(); // guarded by this
    private final CountDownLatch released = new CountDownLatch(1);
    private final CountDownLatch hanging = new CountDownLatch(1);

    private FakeOtlpBackend(SslContextFactory.Server tls) throws Exception {
        HttpConfiguration http = new HttpConfiguration();
        if (tls == null) {
            connector = new ServerConnector(
                    server, new HttpConnectionFactory(http), new HTTP2CServerConnectionFactory(http));
        } else {
            SecureRequestCustomizer secure = new SecureRequestCustomizer();
            secure.setSniHostCheck(false);
            http.addCustomizer(secure);
            ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory("h2", "http/1.1");
            alpn.setDefaultProtocol("http/1.1");
            connector = new ServerConnector(
                    server,
                    new SslConnectionFactory(tls, alpn.getProtocol()),
                    alpn,
                    new HTTP2ServerConnectionFactory(http),
                    new HttpConnectionFactory(http));
        }
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                answer(request, response, callback);
                return true;
            }
        });
        server.setStopTimeout(0);
        server.start();
    }

    static FakeOtlpBackend plain() throws Exception {
        return new FakeOtlpBackend(null);
    }

    static FakeOtlpBackend tls(SslContextFactory.Server tls) throws Exception {
        return new FakeOtlpBackend(tls);
    }

    int port() {
        return connector.getLocalPort();
    }

    /** Everything so far, in order. */
    synchronized List<Received> received() {
        return List.copyOf(received);
    }

    Received only() {
        List<Received> all = received();
        if (all.size() != 1) {
            throw new AssertionError("expected one request, got " + all.size());
        }
        return all.get(0);
    }

    /** HTTP: the next request gets this. Headers: name, value, name, value ... */
    FakeOtlpBackend http(int status, String contentType, byte[] body, String... headers) {
        script.add((request, response, callback) -> {
            response.setStatus(status);
            if (contentType != null) {
                response.getHeaders().put("Content-Type", contentType);
            }
            for (int i = 0; i < headers.length; i += 2) {
                response.getHeaders().put(headers[i], headers[i + 1]);
            }
            response.write(true, ByteBuffer.wrap(body), callback);
        });
        return this;
    }

    FakeOtlpBackend http(MessageLite message) {
        return http(200, "application/x-protobuf", message.toByteArray());
    }

    /** gRPC: the next request gets this message. */
    FakeOtlpBackend grpc(MessageLite message) {
        script.add((request, response, callback) ->
                grpc(response, callback, frame(message.toByteArray()), trailers("0", "", null)));
        return this;
    }

    /** gRPC: the next request gets these bytes as the body, whatever they are, and OK. */
    FakeOtlpBackend grpcBytes(byte[] body) {
        script.add((request, response, callback) -> grpc(response, callback, body, trailers("0", "", null)));
        return this;
    }

    /** gRPC: the next request fails with this status, said in trailers. */
    FakeOtlpBackend grpcStatus(int status, String message, ByteString details) {
        script.add((request, response, callback) ->
                grpc(response, callback, new byte[0], trailers(String.valueOf(status), message, details)));
        return this;
    }

    /** gRPC: the next request fails with this status, said in the headers of an answer without a body. */
    FakeOtlpBackend grpcTrailersOnly(int status, String message) {
        script.add((request, response, callback) -> {
            response.setStatus(200);
            response.getHeaders().put("Content-Type", "application/grpc");
            response.getHeaders().put("grpc-status", String.valueOf(status));
            response.getHeaders().put("grpc-message", message);
            response.write(true, null, callback);
        });
        return this;
    }

    /** The next request never gets an answer before the backend is closed. */
    FakeOtlpBackend hang() {
        script.add((request, response, callback) -> {
            hanging.countDown();
            released.await();
            callback.failed(new IOException("closed"));
        });
        return this;
    }

    void awaitHanging() throws InterruptedException {
        if (!hanging.await(20, TimeUnit.SECONDS)) {
            throw new AssertionError("no request came");
        }
    }

    /** The connection of the next request is closed without an answer. */
    FakeOtlpBackend cut() {
        script.add((request, response, callback) ->
                request.getConnectionMetaData().getConnection().getEndPoint().close());
        return this;
    }

    /** The next answer promises more bytes than it sends before its connection is closed. */
    FakeOtlpBackend cutBody() {
        script.add((request, response, callback) -> {
            response.setStatus(200);
            response.getHeaders().put("Content-Length", "1000");
            response.write(false, ByteBuffer.wrap(new byte[10]), new Callback() {
                @Override
                public void succeeded() {
                    request.getConnectionMetaData()
                            .getConnection()
                            .getEndPoint()
                            .close();
                }
            });
        });
        return this;
    }

    @Override
    public void close() {
        released.countDown();
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the fake backend does not stop", e);
        }
    }

    private void answer(Request request, Response response, Callback callback) throws Exception {
        byte[] wire = bytes(Content.Source.asByteBuffer(request));
        Map<String, String> headers = new HashMap<>();
        for (HttpField field : request.getHeaders()) {
            headers.put(field.getLowerCaseName(), field.getValue());
        }
        boolean grpc = "application/grpc".equals(headers.get("content-type"));
        byte[] message = grpc ? unframed(wire) : unzipped(wire, "gzip".equals(headers.get("content-encoding")));
        synchronized (this) {
            received.add(new Received(
                    Request.getPathInContext(request), headers, wire, message, Request.getRemotePort(request)));
        }
        Answer scripted = script.poll();
        if (scripted != null) {
            scripted.give(request, response, callback);
        } else if (grpc) {
            grpc(response, callback, frame(new byte[0]), trailers("0", "", null));
        } else {
            response.setStatus(200);
            response.getHeaders().put("Content-Type", "application/x-protobuf");
            response.write(true, null, callback);
        }
    }

    private static void grpc(Response response, Callback callback, byte[] body, HttpFields trailers) {
        response.setStatus(200);
        response.getHeaders().put("Content-Type", "application/grpc");
        response.setTrailersSupplier(() -> trailers);
        response.write(true, ByteBuffer.wrap(body), callback);
    }

    private static HttpFields trailers(String status, String message, ByteString details) {
        HttpFields.Mutable trailers =
                HttpFields.build().put("grpc-status", status).put("grpc-message", message);
        if (details != null) {
            trailers.put(
                    "grpc-status-details-bin",
                    java.util.Base64.getEncoder().withoutPadding().encodeToString(details.toByteArray()));
        }
        return trailers;
    }

    static byte[] frame(byte[] message) {
        return ByteBuffer.allocate(5 + message.length)
                .put((byte) 0)
                .putInt(message.length)
                .put(message)
                .array();
    }

    private static byte[] unframed(byte[] frame) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(frame);
        boolean zipped = buffer.get() == 1;
        byte[] message = new byte[buffer.getInt()];
        buffer.get(message);
        if (buffer.hasRemaining()) {
            throw new IOException("more than one frame");
        }
        return unzipped(message, zipped);
    }

    private static byte[] unzipped(byte[] bytes, boolean zipped) throws IOException {
        if (!zipped) {
            return bytes;
        }
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return in.readAllBytes();
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
