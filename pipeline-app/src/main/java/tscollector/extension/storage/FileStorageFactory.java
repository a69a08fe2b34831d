package tscollector.extension.storage;

import tscollector.component.BuildContext;
import tscollector.component.Descriptor;
import tscollector.component.Kind;
import tscollector.extension.Extension;
import tscollector.extension.ExtensionFactory;

/** Makes {@code file_storage} extensions. */
public final class FileStorageFactory implements ExtensionFactory<FileStorageConfig> {
    private static final Descriptor<FileStorageConfig> DESCRIPTOR = Descriptor.of(
                    Kind.EXTENSION,
                    "file_storage",
                    "Keeps the state of components in a directory, over restarts, kills and power losses.",
                    FileStorageConfig.class,
                    FileStorageConfig.defaults())
            .withDescription("""
                    Components name it in their `storage` setting. Each has one small file (at most 16 MiB) named after it. A change is
                    written beside the file, forced to the disk and renamed over it, so after a crash all of it is there or none.

                    A damaged file is put aside as `NAME.corrupt-1` and so on, logged and counted; its component begins with empty state.
                    A second process on the same directory does not start.""")
            .withExample("directory: /var/lib/tscollector\n");

    @Override
    public Descriptor<FileStorageConfig> descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public Extension create(BuildContext context, FileStorageConfig config) {
        return new FileStorageExtension(context, config);
    }
}
