package tscollector.exporter.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A file of whole lines. A write either adds its line completely or leaves the file as it was, so that a full disk makes no torn
 * line; what a kill has torn is ended with a line break when the file is opened again. Rotated files are named {@code
 * name-2026-01-31T12-00-00.000.ext} (UTC), as the Collector's are. Thread-safe.
 */
final class LineFile implements Closeable {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH-mm-ss.SSS", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Path path;
    private final FileConfig.@Nullable Rotation rotation;
    private FileChannel channel; // guarded by this
    private long size; // guarded by this
    private Instant lastStamp = Instant.EPOCH; // of the last file that was put aside; guarded by this

    private LineFile(Path path, FileConfig.@Nullable Rotation rotation, FileChannel channel, long size) {
        this.path = path;
        this.rotation = rotation;
        this.channel = channel;
        this.size = size;
    }

    /** Opens or makes the file and the folders it is in. */
    static LineFile open(Path path, boolean append, FileConfig.@Nullable Rotation rotation) throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        FileChannel channel =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            claim(channel, path);
            if (!append) {
                channel.truncate(0);
            }
            LineFile file = new LineFile(path, rotation, channel, channel.size());
            file.endTornLine();
            return file;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Adds one line.
     *
     * @param line with its line break at the end
     * @throws IOException if it could not be written; the file ends as before
     */
    synchronized void write(ByteBuffer line, Instant now) throws IOException {
        if (rotation != null && size > 0 && size + line.remaining() > ((long) rotation.maxMegabytes() << 20)) {
            rotate(rotation.maxBackups(), now);
        }
        int length = line.remaining();
        try {
            long position = size;
            while (line.hasRemaining()) {
                position += channel.write(line, position);
            }
            size += length;
        } catch (IOException e) {
            channel.truncate(size);
            throw e;
        }
    }

    @Override
    public synchronized void close() throws IOException {
        channel.close();
    }

    /** Two who write one file write over each other's lines; what is no file, or has no locks, is its user's affair. */
    private static void claim(FileChannel channel, Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            return;
        }
        boolean taken;
        try {
            taken = channel.tryLock() == null;
        } catch (OverlappingFileLockException e) {
            taken = true;
        } catch (IOException e) {
            taken = false;
        }
        if (taken) {
            throw new FileSystemException(
                    path.toString(), null, "another exporter or process writes it, and would write over ours");
        }
    }

    private synchronized void endTornLine() throws IOException {
        ByteBuffer last = ByteBuffer.allocate(1);
        if (size > 0 && channel.read(last, size - 1) == 1 && last.get(0) != '\n') {
            size += channel.write(ByteBuffer.wrap(new byte[] {'\n'}), size);
        }
    }

    private void rotate(int maxBackups, Instant now) throws IOException {
        Path backup = backupPath(now);
        Files.move(path, backup);
        FileChannel next =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            claim(next, path);
        } catch (IOException e) {
            next.close();
            throw e;
        }
        channel.close();
        channel = next;
        size = 0;
        if (maxBackups > 0) {
            List<Path> backups = backups();
            for (Path old : backups.subList(0, Math.max(0, backups.size() - maxBackups))) {
                Files.deleteIfExists(old);
            }
        }
    }

    /** A name that is free and sorts behind the one before, whatever the clock does. */
    private Path backupPath(Instant now) {
        lastStamp = now.isAfter(lastStamp) ? now : lastStamp.plusMillis(1);
        Path backup = path.resolveSibling(stem() + "-" + STAMP.format(lastStamp) + extension());
        while (Files.exists(backup)) {
            lastStamp = lastStamp.plusMillis(1);
            backup = path.resolveSibling(stem() + "-" + STAMP.format(lastStamp) + extension());
        }
        return backup;
    }

    /** The files that were put aside, oldest first. */
    private List<Path> backups() throws IOException {
        String name = Pattern.quote(stem()) + "-\\d{4}-\\d\\d-\\d\\dT\\d\\d-\\d\\d-\\d\\d\\.\\d{3}"
                + Pattern.quote(extension());
        Path folder = path.toAbsolutePath().getParent();
        if (folder == null) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return new ArrayList<>(
                    files.filter(file -> file.getFileName().toString().matches(name))
                            .sorted()
                            .toList());
        }
    }

    private String stem() {
        String name = path.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? name : name.substring(0, dot);
    }

    private String extension() {
        return path.getFileName().toString().substring(stem().length());
    }
}
