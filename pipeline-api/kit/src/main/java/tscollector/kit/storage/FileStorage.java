package tscollector.kit.storage;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import tscollector.component.ComponentId;
import tscollector.component.Deadline;
import tscollector.component.Kind;
import tscollector.component.StartException;
import tscollector.extension.Storage;
import tscollector.extension.Store;
import tscollector.telemetry.Telemetry;

/**
 * Stores in a directory, one file each, with one process as owner. Every change is on the disk when {@link Store#update}
 * returns, and after a kill or a power loss a store has either all of it or none.
 *
 * <p>A store has at most {@link #MAX_STORE_BYTES} and lives in memory; a change that would make it larger is refused. A file that
 * is damaged is put aside as {@code NAME.corrupt-1} and so on, logged and counted as {@code corrupt stores}, and its store
 * begins empty. A full or failing disk, or one that hangs longer than the patience, is an {@link IOException} that leaves the
 * state as it was; after one that hung, the change may still come about. Thread-safe.
 */
public final class FileStorage implements Storage {
    /** 16 MiB: each change writes a whole store anew, which takes tenths of a second at this size. */
    public static final int MAX_STORE_BYTES = 16 << 20;

    /** The newest damaged file replaces the last one of these, so that a disk that decays does not fill up as well. */
    private static final int MAX_PUT_ASIDE = 9;

    private final Path directory;
    private final DirectoryLock lock;
    private final Disk disk;
    private final Executor writer;
    private final Duration patience;
    private final Telemetry telemetry;
    private final Logger logger;
    private final Map<StoreName, FileStore> stores = new HashMap<>(); // guarded by this
    private boolean closed; // guarded by this

    private FileStorage(
            Path directory,
            DirectoryLock lock,
            Disk disk,
            Executor writer,
            Duration patience,
            Telemetry telemetry,
            Logger logger) {
        this.directory = directory;
        this.lock = lock;
        this.disk = disk;
        this.writer = writer;
        this.patience = patience;
        this.telemetry = telemetry;
        this.logger = logger;
    }

    /**
     * Takes a directory; makes it, with mode 0750, where it is missing.
     *
     * @param writer runs what may block on the disk
     * @param patience how long a change may take
     * @throws StartException if it cannot be made or written, or another process has it
     */
    public static FileStorage open(
            Path directory, Executor writer, Duration patience, Telemetry telemetry, Logger logger)
            throws StartException {
        LocalDisk disk = new LocalDisk(directory);
        try {
            disk.makeDirectory(directory.toAbsolutePath().normalize());
            Path real = directory.toRealPath();
            if (!Files.isWritable(real)) {
                throw new StartException(
                        "cannot use the directory " + directory + ": it is not writable for this user");
            }
            return open(real, DirectoryLock.take(real), disk, writer, patience, telemetry, logger);
        } catch (IOException e) {
            throw new StartException("cannot use the directory " + directory + ": " + reason(e), e);
        }
    }

    /** The storage on any disk, for tests that break it; {@code directory} is there, and {@code lock} guards it. */
    static FileStorage open(
            Path directory,
            DirectoryLock lock,
            Disk disk,
            Executor writer,
            Duration patience,
            Telemetry telemetry,
            Logger logger)
            throws IOException {
        FileStorage storage = new FileStorage(directory, lock, disk, writer, patience, telemetry, logger);
        try {
            storage.deleteUnfinished();
        } catch (IOException e) {
            lock.close();
            throw e;
        }
        return storage;
    }

    @Override
    public synchronized Store open(Kind kind, ComponentId owner, String name) throws IOException {
        if (closed) {
            throw new IOException("cannot open a store of " + owner + ": the storage is closed");
        }
        StoreName storeName = new StoreName(kind, owner, name);
        FileStore store = stores.get(storeName);
        if (store == null) {
            Path file = directory.resolve(storeName.fileName());
            store = new FileStore(file, read(file), disk, writer, patience, MAX_STORE_BYTES);
            stores.put(storeName, store);
        }
        return store;
    }

    /**
     * Waits for changes that are being written, and gives the directory back. Where one still hangs at the deadline the
     * directory stays locked until the process ends, as it may be written yet.
     */
    public synchronized void close(Deadline deadline) {
        if (closed) {
            return;
        }
        closed = true;
        for (FileStore store : stores.values()) {
            if (!store.close(deadline.remaining())) {
                logger.error("A change was not written before the end; the disk may hang. directory={}", directory);
                return;
            }
        }
        try {
            lock.close();
        } catch (IOException e) {
            logger.warn("Cannot unlock the directory. directory={}", directory, e);
        }
    }

    private SortedMap<String, byte[]> read(Path file) throws IOException {
        if (!disk.exists(file)) {
            return Collections.unmodifiableSortedMap(new TreeMap<>());
        }
        try {
            return StoreFormat.decode(disk.read(file, MAX_STORE_BYTES + 1));
        } catch (StoreFormat.CorruptException e) {
            Path aside = putAside(file);
            telemetry.count("corrupt stores", 1);
            logger.error(
                    "A store is damaged and begins empty; the file was put aside. file={} reason=\"{}\"",
                    aside,
                    e.getMessage());
            return Collections.unmodifiableSortedMap(new TreeMap<>());
        } catch (StoreFormat.NewerVersionException e) {
            throw new IOException(
                    "cannot read " + file + ": " + e.getMessage() + "; run the newer program or move the file away", e);
        }
    }

    private Path putAside(Path file) throws IOException {
        Path aside = file;
        for (int n = 1; n <= MAX_PUT_ASIDE; n++) {
            aside = file.resolveSibling(file.getFileName() + ".corrupt-" + n);
            if (!disk.exists(aside)) {
                break;
            }
        }
        disk.rename(file, aside);
        disk.forceDirectory(directory);
        return aside;
    }

    /** What a killed process left behind; files of others are not touched. */
    private void deleteUnfinished() throws IOException {
        for (Path file : disk.list(directory)) {
            if (file.getFileName().toString().endsWith(StoreName.SUFFIX + FileStore.UNFINISHED)) {
                disk.deleteIfExists(file);
            }
        }
    }

    /** Why, in words: the JDK's message is the bare path for some. */
    static String reason(@Nullable Throwable e) {
        if (e == null) {
            return "nobody knows why";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof NoSuchFileException) {
            return "no such file or directory: " + e.getMessage();
        }
        if (e instanceof FileAlreadyExistsException) {
            return "something that is no directory has this name";
        }
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }
}
