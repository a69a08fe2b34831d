package tscollector.kit.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * Takes one answer off the connection, as fast as the process has memory for it.
 *
 * <p>Threads: the connection's, except for what the budget says and {@link #release}, which may come on any; {@code this} guards
 * all state.
 */
final class BodyConsumer implements AsyncResponseConsumer<BodyConsumer>, BodyBudget.Listener {
    private final long limit;
    private final BodyBudget.Share share;
    private final Runnable onNoMemory;
    private final Runnable onProgress;

    private @Nullable HttpResponse head;
    private BodyBuffer buffer;
    private volatile @Nullable FutureCallback<BodyConsumer> callback;
    private volatile boolean complete;
    private @Nullable CapacityChannel waitingForMemory;
    private @Nullable Runnable waitingForDecoding;
    private int wantedCapacity;
    private long bodySize;
    private boolean released;

    /**
     * For one answer.
     *
     * @param onProgress called whenever something of the answer has come
     * @param onNoMemory called when the rest can never be read since there is no memory for it
     */
    BodyConsumer(long limit, BodyBudget budget, Runnable onProgress, Runnable onNoMemory) {
        this.limit = limit;
        this.share = budget.open(this);
        this.onProgress = onProgress;
        this.onNoMemory = onNoMemory;
        this.buffer = new BodyBuffer(limit, -1);
    }

    @Override
    public void consumeResponse(
            HttpResponse response,
            @Nullable EntityDetails entity,
            HttpContext context,
            FutureCallback<BodyConsumer> resultCallback)
            throws IOException {
        onProgress.run();
        callback = resultCallback;
        synchronized (this) {
            head = response;
            if (entity != null) {
                buffer = new BodyBuffer(limit, entity.getContentLength());
            }
        }
        if (entity == null) {
            complete = true;
        } else if (entity.getContentLength() > limit) {
            throw new BodyTooLargeException();
        }
    }

    @Override
    public void informationResponse(HttpResponse response, HttpContext context) {
        onProgress.run();
    }

    /** Asked for whenever the connection may not read more: the place where a big answer waits for memory. */
    @Override
    public void updateCapacity(CapacityChannel channel) throws IOException {
        int wanted;
        synchronized (this) {
            if (released) {
                return;
            }
            wanted = buffer.room() > 0 ? buffer.capacity() : buffer.nextCapacity();
            wantedCapacity = wanted;
            waitingForMemory = channel;
        }
        if (share.grow(wanted)) {
            onGranted();
        }
    }

    @Override
    public void onGranted() {
        CapacityChannel channel;
        Runnable decoding;
        int room;
        synchronized (this) {
            channel = waitingForMemory;
            decoding = waitingForDecoding;
            waitingForMemory = null;
            waitingForDecoding = null;
            if (released) {
                return;
            }
            buffer.growTo(wantedCapacity);
            room = buffer.room();
        }
        if (decoding != null) {
            decoding.run();
        }
        if (channel != null) {
            try {
                channel.update(Math.max(1, room));
            } catch (IOException e) {
                onNoMemory.run(); // the connection has ended meanwhile and says so itself
            }
        }
    }

    /** Runs {@code decoding} once {@code more} bytes may be held besides the body; at once if there is room. */
    void reserve(long more, Runnable decoding) {
        long wanted;
        synchronized (this) {
            waitingForDecoding = decoding;
            wantedCapacity = 0;
            wanted = bodySize + more;
        }
        if (share.grow(wanted)) {
            onGranted();
        }
    }

    /** The body is {@code size} bytes now, after decoding. */
    void settleAt(long size) {
        share.force(size);
    }

    @Override
    public void onEnded() {
        onNoMemory.run();
    }

    @Override
    public void consume(ByteBuffer source) throws IOException {
        onProgress.run();
        synchronized (this) {
            if (released) {
                return;
            }
            if (!buffer.append(source)) {
                throw new BodyTooLargeException();
            }
            share.force(buffer.capacity());
        }
    }

    @Override
    public void streamEnd(@Nullable List<? extends Header> trailers) {
        complete = true;
    }

    @Override
    public void failed(Exception cause) {
        complete = false;
    }

    /** The last thing that happens to an exchange: only now is its connection free for the next call. */
    @Override
    public void releaseResources() {
        FutureCallback<BodyConsumer> done = callback;
        if (done != null && complete) {
            callback = null;
            done.completed(this);
        }
    }

    /** Whether the server has begun to answer. */
    synchronized boolean hasHead() {
        return head != null;
    }

    /** Whether the answer is held up here, not by the server. */
    synchronized boolean waitsForMemory() {
        return waitingForMemory != null || waitingForDecoding != null;
    }

    /** The status line and headers of an answer that is complete. */
    synchronized HttpResponse head() {
        if (head == null) {
            throw new IllegalStateException("no answer has come");
        }
        return head;
    }

    /** Bytes so far, as they came over the wire. */
    synchronized int size() {
        return buffer.size();
    }

    /** The bytes as they came over the wire, once; {@link #release} is still owed. */
    byte[] takeBody() {
        byte[] body;
        synchronized (this) {
            body = buffer.take();
            bodySize = body.length;
        }
        share.force(body.length);
        return body;
    }

    /** Gives the memory back. May be called twice. */
    void release() {
        synchronized (this) {
            released = true;
            waitingForMemory = null;
            waitingForDecoding = null;
            buffer.clear();
        }
        share.close();
    }

    /** More came than may. */
    static final class BodyTooLargeException extends IOException {
        private static final long serialVersionUID = 1L;

        BodyTooLargeException() {
            super(HttpFailure.Type.BODY_TOO_LARGE.word());
        }
    }
}
