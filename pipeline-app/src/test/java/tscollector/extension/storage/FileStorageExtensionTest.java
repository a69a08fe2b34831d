package tscollector.extension.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tscollector.component.ComponentId;
import tscollector.component.Deadline;
import tscollector.component.Kind;
import tscollector.component.StartException;
import tscollector.extension.Storage;
import tscollector.extension.Store;
import tscollector.testkit.TestContext;
import tscollector.time.Scheduler;

@Timeout(30)
class FileStorageExtensionTest {
    private static final ComponentId OWNER = ComponentId.parse("model_diff");

    private final TestContext test = new TestContext("file_storage");

    @TempDir
    Path temp;

    @Test
    void keepsStateFromOneProcessToTheNext() throws Exception {
        FileStorageExtension first = start(temp.resolve("a/b").toString(), true);
        test.host().with("file_storage", first);
        Storage storage = test.host().extension(ComponentId.parse("file_storage"), Storage.class);
        storage.open(Kind.PROCESSOR, OWNER, "").update(Map.of("k", new byte[] {7}));
        first.shutdown(soon());

        FileStorageExtension second = start(temp.resolve("a/b").toString(), true);
        Store store = second.open(Kind.PROCESSOR, OWNER, "");

        assertThat(store.get("k")).containsExactly(7);
        second.shutdown(soon());
        second.shutdown(soon());
    }

    @Test
    void makesNoDirectoryWhereThatIsNotWanted() {
        String missing = temp.resolve("missing").toString();

        assertThatThrownBy(() -> start(missing, false))
                .isInstanceOf(StartException.class)
                .hasMessageContaining(missing)
                .hasMessageContaining("set create_directory to true");
        assertThat(Files.exists(Path.of(missing))).isFalse();
    }

    @Test
    void saysThatADirectoryIsInUse() throws Exception {
        FileStorageExtension first = start(temp.toString(), true);

        assertThatThrownBy(() -> start(temp.toString(), true))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("in use");
        first.shutdown(soon());
    }

    @Test
    void givesNoStoreBeforeStartAndAfterShutdown() throws Exception {
        FileStorageExtension extension = extension(temp.toString(), true);
        assertThatThrownBy(() -> extension.open(Kind.PROCESSOR, OWNER, ""))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not run");
        extension.start(test.host());
        extension.shutdown(soon());

        assertThatThrownBy(() -> extension.open(Kind.PROCESSOR, OWNER, "")).isInstanceOf(IOException.class);
    }

    @Test
    void refusesWhatIsNoPath() {
        assertThatThrownBy(() -> start("a\0b", true)).isInstanceOf(StartException.class);
    }

    private FileStorageExtension start(String directory, boolean create) throws Exception {
        FileStorageExtension extension = extension(directory, create);
        extension.start(test.host());
        return extension;
    }

    private FileStorageExtension extension(String directory, boolean create) {
        return new FileStorageExtension(
                test.build(new AtOnce(), test.scheduler().clock()),
                new FileStorageConfig(directory, create, Duration.ofSeconds(5)));
    }

    private Deadline soon() {
        return Deadline.in(Duration.ofSeconds(1), test.scheduler().clock());
    }

    /** Runs what may block on the caller's thread. */
    private static final class AtOnce implements Scheduler {
        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public void executeBlocking(Runnable task) {
            task.run();
        }

        @Override
        public Cancellable schedule(Duration delay, Runnable task) {
            throw new AssertionError("nothing is scheduled here");
        }
    }
}
