package tscollector.exporter.otlp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/**
 * What one call did with its connection. OkHttp repeats some requests by itself: at once after a 503 with {@code Retry-After: 0}, after a
 * 408, and when a connection breaks. Here the queue decides about that, counts it and waits, so the body of a request says that it
 * can be sent only once; but for a proxy that asks who we are, and for a kept connection that the backend closed while nothing was
 * sent, which {@link Transport} opens anew. Used by the threads of one call, one after another.
 */
final class ConnectionUse {
    /** Writes down what the calls do, each into the one that is its tag. */
    static final EventListener WATCH = new EventListener() {
        @Override
        public void connectStart(Call call, InetSocketAddress address, Proxy proxy) {
            ConnectionUse use = call.request().tag(ConnectionUse.class);
            if (use != null) {
                use.isNew = true;
            }
        }

        @Override
        public void responseHeadersEnd(Call call, Response response) {
            ConnectionUse use = call.request().tag(ConnectionUse.class);
            if (use != null) {
                use.status = response.code();
            }
        }
    };

    private static final int PROXY_ASKS = 407;

    private volatile boolean isNew;
    private volatile int status;

    /** Whether the connection was one that had been kept, and brought no answer. */
    boolean wasStale() {
        return !isNew && status == 0;
    }

    /** The same body for this call. */
    RequestBody body(RequestBody bytes) {
        return new RequestBody() {
            @Override
            public @Nullable MediaType contentType() {
                return bytes.contentType();
            }

            @Override
            public long contentLength() throws IOException {
                return bytes.contentLength();
            }

            @Override
            public void writeTo(BufferedSink sink) throws IOException {
                bytes.writeTo(sink);
            }

            @Override
            public boolean isOneShot() {
                return status != PROXY_ASKS;
            }
        };
    }
}
