package tscollector.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One connection as an answer sees it. Used by the connection's own thread; the simulator ends it from outside by closing the
 * socket and opening the latch.
 */
final class Wire {
    private final Socket base;
    private final Socket socket;
    private final CountDownLatch stopped;
    private boolean open = true;

    /**
     * @param base the TCP socket
     * @param socket the same, or TLS on top of it
     * @param stopped opens when the simulator closes
     */
    Wire(Socket base, Socket socket, CountDownLatch stopped) {
        this.base = base;
        this.socket = socket;
        this.stopped = stopped;
    }

    /** Whether another request may follow. */
    boolean isOpen() {
        return open;
    }

    void write(byte[] bytes) throws IOException {
        write(bytes, 0, bytes.length);
    }

    void write(byte[] bytes, int from, int length) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(bytes, from, length);
        out.flush();
    }

    OutputStream out() throws IOException {
        return socket.getOutputStream();
    }

    /** Waits, or fails when the simulator closes meanwhile. */
    void pause(Duration time) throws IOException {
        try {
            if (stopped.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new InterruptedIOException("the simulator closes");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    /** Waits for the end of the connection and ignores what else the client sends. */
    void waitForEnd() throws IOException {
        InputStream in = socket.getInputStream();
        byte[] ignored = new byte[1024];
        int read = in.read(ignored);
        while (read >= 0) {
            read = in.read(ignored);
        }
        open = false;
    }

    /** Ends the connection in order. */
    void end() throws IOException {
        open = false;
        socket.close();
    }

    /** Ends the connection with a TCP reset. */
    void reset() throws IOException {
        open = false;
        base.setSoLinger(true, 0);
        base.close();
    }
}
