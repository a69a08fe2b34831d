package tscollector.kit.storage;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tscollector.extension.Store;

/**
 * One store: its entries in memory as they are on the disk.
 *
 * <p>Threads: reads never wait. Whoever changes something takes {@link #turn}, has the change written by another thread and
 * waits for it at most {@code patience}; the turn is given back by the thread that writes, when it is really done. So a hung
 * disk costs one thread per store, its owner gets an error in time, and no two writes overlap. What a late write brought about
 * is in memory, too.
 */
final class FileStore implements Store {
    /** Beside the file while a change is being written. */
    static final String UNFINISHED = ".tmp";

    private final Path file;
    private final Path unfinished;
    private final Disk disk;
    private final Executor writer;
    private final Duration patience;
    private final long maxBytes;
    private final Semaphore turn = new Semaphore(1, true);

    private volatile SortedMap<String, byte[]> entries; // never changed, only replaced; written in turn
    private boolean uncertain; // in turn: the file may hold another state than entries
    private boolean closed; // in turn

    FileStore(
            Path file,
            SortedMap<String, byte[]> entries,
            Disk disk,
            Executor writer,
            Duration patience,
            long maxBytes) {
        this.file = file;
        this.unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
        this.entries = entries;
        this.disk = disk;
        this.writer = writer;
        this.patience = patience;
        this.maxBytes = maxBytes;
    }

    @Override
    public byte @Nullable [] get(String key) {
        byte[] value = entries.get(key);
        return value == null ? null : value.clone();
    }

    @Override
    public SortedSet<String> keys() {
        return new TreeSet<>(entries.keySet());
    }

    @Override
    public void update(Map<String, byte @Nullable []> changes) throws IOException {
        if (!takeTurn(patience)) {
            throw new IOException(cannotWrite() + ": an earlier change is still not written; the disk may hang");
        }
        CompletableFuture<@Nullable Void> written = new CompletableFuture<>();
        boolean handedOver = false;
        try {
            if (closed) {
                throw new IOException(cannotWrite() + ": the storage is closed");
            }
            SortedMap<String, byte[]> next = changed(changes);
            if (!uncertain && sameEntries(next)) {
                return;
            }
            byte[] content = StoreFormat.encode(next);
            writer.execute(() -> writeAndEndTurn(next, content, written));
            handedOver = true;
        } catch (RejectedExecutionException e) {
            throw new IOException(cannotWrite() + ": the process is ending", e);
        } finally {
            if (!handedOver) {
                turn.release();
            }
        }
        await(written);
    }

    /** Ends all writing. False if a write still hangs when {@code time} has passed. */
    boolean close(Duration time) {
        try {
            if (!takeTurn(time)) {
                return false;
            }
        } catch (InterruptedIOException e) {
            return false;
        }
        closed = true;
        turn.release();
        return true;
    }

    private SortedMap<String, byte[]> changed(Map<String, byte @Nullable []> changes) throws IOException {
        SortedMap<String, byte[]> next = new TreeMap<>(entries);
        for (Map.Entry<String, byte @Nullable []> change : changes.entrySet()) {
            byte[] value = change.getValue();
            if (value == null) {
                next.remove(change.getKey());
            } else if (StandardCharsets.UTF_8.newEncoder().canEncode(change.getKey())) {
                next.put(change.getKey(), value.clone());
            } else {
                throw new IOException(cannotWrite() + ": a key is no valid text");
            }
        }
        long size = StoreFormat.sizeOf(next);
        if (size > maxBytes) {
            throw new IOException(
                    cannotWrite() + ": it would have " + size + " bytes, and " + maxBytes + " is the limit");
        }
        return Collections.unmodifiableSortedMap(next);
    }

    private boolean sameEntries(SortedMap<String, byte[]> next) {
        SortedMap<String, byte[]> now = entries;
        return now.keySet().equals(next.keySet())
                && now.entrySet().stream().allMatch(entry -> Arrays.equals(entry.getValue(), next.get(entry.getKey())));
    }

    private void writeAndEndTurn(
            SortedMap<String, byte[]> next, byte[] content, CompletableFuture<@Nullable Void> written) {
        try {
            uncertain = true;
            disk.writeForced(unfinished, content);
            disk.rename(unfinished, file);
            disk.forceDirectory(file.resolveSibling(".").normalize());
            entries = next;
            uncertain = false;
            turn.release();
            written.complete(null);
        } catch (IOException | RuntimeException e) {
            deleteUnfinished();
            turn.release();
            written.completeExceptionally(e);
        }
    }

    /** On a full disk a half-written file takes the room that others need. */
    private void deleteUnfinished() {
        try {
            disk.deleteIfExists(unfinished);
        } catch (IOException | RuntimeException e) {
            // The next write replaces it, and so does the next start.
        }
    }

    private void await(CompletableFuture<@Nullable Void> written) throws IOException {
        try {
            written.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new IOException(cannotWrite() + ": not done within " + inSeconds() + "; the disk may hang", e);
        } catch (InterruptedException e) {
            throw interrupted();
        } catch (ExecutionException e) {
            throw new IOException(cannotWrite() + ": " + FileStorage.reason(e.getCause()), e.getCause());
        }
    }

    private boolean takeTurn(Duration time) throws InterruptedIOException {
        try {
            return turn.tryAcquire(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private InterruptedIOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException(cannotWrite() + ": interrupted while waiting for the disk");
    }

    private String cannotWrite() {
        return "cannot write " + file;
    }

    private String inSeconds() {
        return patience.toMillis() / 1000.0 + " s";
    }
}
