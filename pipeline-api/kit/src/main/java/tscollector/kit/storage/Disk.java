package tscollector.kit.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The few things that storage asks of a file system, so that tests can lose power and fill the disk between any two of them. */
interface Disk {
    /** The files in {@code directory}. */
    List<Path> list(Path directory) throws IOException;

    boolean exists(Path file) throws IOException;

    /** The content, or its first {@code limit} bytes where there is more. */
    byte[] read(Path file, int limit) throws IOException;

    /** Makes a file with this content, in place of one that may be there; the content is on the disk when this returns. */
    void writeForced(Path file, byte[] content) throws IOException;

    /** Gives a file another name, in place of one that may have it already, in one step. */
    void rename(Path from, Path to) throws IOException;

    void deleteIfExists(Path file) throws IOException;

    /** Names given and taken so far in {@code directory} are on the disk when this returns. */
    void forceDirectory(Path directory) throws IOException;
}
