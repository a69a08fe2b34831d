package tscollector.kit.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tscollector.component.StartException;

/**
 * One owner per directory, by a lock on the file {@code lock} in it. The operating system gives it back when the process ends,
 * however it ends, so a lock file that is left over means nothing.
 */
final class DirectoryLock implements AutoCloseable {
    static final String FILE = "lock";

    /** On POSIX, closing any channel of a file gives back all locks this process has on it: so look here before opening one. */
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel channel;

    private DirectoryLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @param directory its real path
     * @throws StartException if somebody else has it
     */
    static DirectoryLock take(Path directory) throws StartException, IOException {
        if (!HELD_HERE.add(directory)) {
            throw inUse(directory, "another file_storage of this process");
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    directory.resolve(FILE),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                throw inUse(directory, owner(channel));
            }
            channel.truncate(0);
            channel.write(StandardCharsets.US_ASCII.encode(
                    Long.toString(ProcessHandle.current().pid())));
            return new DirectoryLock(directory, channel);
        } catch (StartException | IOException | RuntimeException e) {
            HELD_HERE.remove(directory);
            if (channel != null) {
                channel.close();
            }
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        HELD_HERE.remove(directory);
    }

    /** The lock of the whole file, or null if it is taken; a class loader of its own may hold it in this process, too. */
    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static String owner(FileChannel channel) throws IOException {
        ByteBuffer pid = ByteBuffer.allocate(20);
        channel.read(pid);
        return "another process, " + StandardCharsets.US_ASCII.decode(pid.flip());
    }

    private static StartException inUse(Path directory, String by) {
        return new StartException(
                "cannot use the directory " + directory + ": it is in use by " + by + "; give each its own directory");
    }
}
