package tscollector.extension.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tscollector.component.BuildContext;
import tscollector.component.ComponentId;
import tscollector.component.Deadline;
import tscollector.component.Host;
import tscollector.component.Kind;
import tscollector.component.StartException;
import tscollector.extension.Extension;
import tscollector.extension.Storage;
import tscollector.extension.Store;
import tscollector.kit.storage.FileStorage;

/** A directory with stores from start to shutdown. */
final class FileStorageExtension implements Extension, Storage {
    private final BuildContext context;
    private final FileStorageConfig config;
    private @Nullable FileStorage storage; // guarded by this

    FileStorageExtension(BuildContext context, FileStorageConfig config) {
        this.context = context;
        this.config = config;
    }

    @Override
    public synchronized void start(Host host) throws StartException {
        Path directory;
        try {
            directory = Path.of(config.directory());
        } catch (InvalidPathException e) {
            throw new StartException("cannot use the directory " + config.directory() + ": it is no valid path", e);
        }
        if (!config.createDirectory() && !Files.isDirectory(directory)) {
            throw new StartException("cannot use the directory " + directory
                    + ": it is not there; make it, or set create_directory to true");
        }
        storage = FileStorage.open(
                directory,
                context.scheduler()::executeBlocking,
                config.timeout(),
                context.telemetry(),
                context.logger());
    }

    @Override
    public Store open(Kind kind, ComponentId owner, String name) throws IOException {
        FileStorage open;
        synchronized (this) {
            open = storage;
        }
        if (open == null) {
            throw new IOException("cannot open a store of " + owner + ": " + context.id() + " does not run");
        }
        return open.open(kind, owner, name);
    }

    @Override
    public void shutdown(Deadline deadline) {
        FileStorage open;
        synchronized (this) {
            open = storage;
        }
        if (open != null) {
            open.close(deadline);
        }
    }
}
