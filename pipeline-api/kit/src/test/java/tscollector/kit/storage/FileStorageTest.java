package tscollector.kit.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import tscollector.component.ComponentId;
import tscollector.component.Deadline;
import tscollector.component.Kind;
import tscollector.component.StartException;
import tscollector.extension.Store;
import tscollector.testkit.ManualScheduler;
import tscollector.testkit.RecordingTelemetry;

@Timeout(60)
class FileStorageTest {
    private static final ComponentId OWNER = ComponentId.parse("model_diff/gpu-a");

    private final RecordingTelemetry telemetry = new RecordingTelemetry();
    private final ManualScheduler time = new ManualScheduler();
    private FileStorage storage;

    @TempDir
    Path temp;

    @AfterEach
    void close() {
        if (storage != null) {
            storage.close(soon());
        }
    }

    @Test
    void keepsWhatWasWrittenOverARestart() throws Exception {
        Store store = open().open(Kind.PROCESSOR, OWNER, "");
        store.update(Map.of("a", bytes("1"), "b", bytes("2")));
        store.update(changes("a", null, "c", "3"));

        Store again = reopen().open(Kind.PROCESSOR, OWNER, "");

        assertThat(again.keys()).containsExactly("b", "c");
        assertThat(again.get("b")).isEqualTo(bytes("2"));
        assertThat(again.get("a")).isNull();
        assertThat(files()).containsExactly("lock", "processor.model_diff.gpu-a.store");
    }

    @Test
    void saysWhyItCannotWrite() throws Exception {
        Path directory = temp.resolve("state");
        storage = openPublic(directory);
        Store store = storage.open(Kind.PROCESSOR, OWNER, "");
        try (Stream<Path> all = Files.list(directory)) {
            for (Path file : all.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);

        assertThatThrownBy(() -> store.update(Map.of("a", bytes("1"))))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("cannot write ")
                .hasMessageContaining(": no such file or directory: ");
    }

    @Test
    void keepsStoresApart() throws Exception {
        open();
        storage.open(Kind.PROCESSOR, OWNER, "").update(Map.of("k", bytes("1")));
        storage.open(Kind.RECEIVER, OWNER, "").update(Map.of("k", bytes("2")));
        storage.open(Kind.PROCESSOR, OWNER, "x").update(Map.of("k", bytes("3")));

        assertThat(storage.open(Kind.PROCESSOR, OWNER, "").get("k")).isEqualTo(bytes("1"));
        assertThat(storage.open(Kind.RECEIVER, OWNER, "").get("k")).isEqualTo(bytes("2"));
        assertThat(storage.open(Kind.PROCESSOR, OWNER, "x").get("k")).isEqualTo(bytes("3"));
        assertThat(storage.open(Kind.PROCESSOR, OWNER, "")).isSameAs(storage.open(Kind.PROCESSOR, OWNER, ""));
    }

    @Test
    void sharesNoArrayWithItsOwner() throws Exception {
        Store store = open().open(Kind.PROCESSOR, OWNER, "");
        byte[] value = bytes("1");
        store.update(Map.of("k", value));
        value[0] = 'x';
        store.get("k")[0] = 'y';

        assertThat(store.get("k")).isEqualTo(bytes("1"));
    }

    @Test
    void makesItsDirectoryReadableForItsGroupOnly() throws Exception {
        Path deep = temp.resolve("a").resolve("b");
        storage = open(deep, Runnable::run, new Failing(), Duration.ofSeconds(10));
        storage.open(Kind.PROCESSOR, OWNER, "").update(Map.of("k", bytes("1")));

        assertThat(mode(temp.resolve("a"))).isIn("rwxr-x---", "rwx------");
        assertThat(mode(deep)).isIn("rwxr-x---", "rwx------");
        assertThat(mode(deep.resolve("processor.model_diff.gpu-a.store"))).isEqualTo("rw-------");
    }

    @Test
    void putsADamagedFileAsideCountsItAndBeginsEmpty() throws Exception {
        Path file = temp.resolve("processor.model_diff.gpu-a.store");
        for (int n = 1; n <= 11; n++) {
            open().open(Kind.PROCESSOR, OWNER, "").update(Map.of("k", bytes("1")));
            storage.close(soon());
            Files.writeString(file, "damaged " + n);

            assertThat(open().open(Kind.PROCESSOR, OWNER, "").keys()).isEmpty();

            assertThat(telemetry.count("corrupt stores")).isEqualTo(n);
            storage.close(soon());
        }
        assertThat(Files.readString(temp.resolve(file.getFileName() + ".corrupt-1")))
                .isEqualTo("damaged 1");
        assertThat(Files.readString(temp.resolve(file.getFileName() + ".corrupt-9")))
                .isEqualTo("damaged 11");
        assertThat(files()).hasSize(1 + 9); // the lock; the last damaged one went aside and nothing was written since
    }

    @Test
    void refusesAFileOfANewerVersionInsteadOfForgettingIt() throws Exception {
        open().open(Kind.PROCESSOR, OWNER, "").update(Map.of("k", bytes("1")));
        storage.close(soon());
        Path file = temp.resolve("processor.model_diff.gpu-a.store");
        byte[] content = Files.readAllBytes(file);
        content[11] = 9;
        CRC32C crc = new CRC32C();
        crc.update(content, 0, content.length - 4);
        ByteBuffer.wrap(content).putInt(content.length - 4, (int) crc.getValue());
        Files.write(file, content);

        open();

        assertThatThrownBy(() -> storage.open(Kind.PROCESSOR, OWNER, ""))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 9")
                .hasMessageContaining("move the file away");
        assertThat(Files.readAllBytes(file)).isEqualTo(content);
    }

    @Test
    void sweepsOutWhatAKilledProcessLeftAndNothingElse() throws Exception {
        Files.writeString(temp.resolve("processor.model_diff.store.tmp"), "half");
        Files.writeString(temp.resolve("notes.tmp"), "mine");

        open();

        assertThat(files()).containsExactly("lock", "notes.tmp");
    }

    @Test
    void refusesASecondOwnerInTheSameProcessAndLeavesTheFirstItsLock() throws Exception {
        open();

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> open(temp, Runnable::run, new Failing(), Duration.ofSeconds(1)))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("another file_storage of this process")
                    .hasMessageContaining("give each its own directory");
        }
        storage.close(soon());
        open();
    }

    @Test
    void saysWhyADirectoryCannotBeUsed() throws Exception {
        Path file = Files.writeString(temp.resolve("file"), "");

        assertThatThrownBy(() -> openPublic(file))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("cannot use the directory " + file)
                .hasMessageContaining("no directory");
        assertThatThrownBy(() -> openPublic(file.resolve("below"))).isInstanceOf(StartException.class);
        assertThatThrownBy(() -> openPublic(Path.of("/proc/nowhere/state"))).isInstanceOf(StartException.class);
    }

    @Test
    void leavesTheStateAloneWhenTheDiskIsFull() throws Exception {
        Failing disk = new Failing();
        storage = open(temp, Runnable::run, disk, Duration.ofSeconds(10));
        Store store = storage.open(Kind.PROCESSOR, OWNER, "");
        store.update(Map.of("k", bytes("1")));

        for (String step : List.of("write", "rename")) {
            disk.failAt = step;
            assertThatThrownBy(() -> store.update(Map.of("k", bytes("2"))))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cannot write ")
                    .hasMessageEndingWith(": No space left on device")
                    .hasRootCauseMessage("No space left on device");
            assertThat(store.get("k")).isEqualTo(bytes("1"));
        }
        disk.failAt = "";

        assertThat(files()).doesNotContain("processor.model_diff.gpu-a.store.tmp");
        assertThat(reopen().open(Kind.PROCESSOR, OWNER, "").get("k")).isEqualTo(bytes("1"));
    }

    @Test
    void writesAgainWhatItHasWhenItCannotKnowWhatTheDiskHas() throws Exception {
        Failing disk = new Failing();
        storage = open(temp, Runnable::run, disk, Duration.ofSeconds(10));
        Store store = storage.open(Kind.PROCESSOR, OWNER, "");
        store.update(Map.of("k", bytes("1")));
        disk.failAt = "forceDirectory"; // the file has its name already
        assertThatThrownBy(() -> store.update(Map.of("k", bytes("2")))).isInstanceOf(IOException.class);
        disk.failAt = "";

        store.update(Map.of("k", bytes("1")));

        assertThat(reopen().open(Kind.PROCESSOR, OWNER, "").get("k")).isEqualTo(bytes("1"));
    }

    @Test
    void writesNothingWhenNothingChanges() throws Exception {
        Failing disk = new Failing();
        storage = open(temp, Runnable::run, disk, Duration.ofSeconds(10));
        Store store = storage.open(Kind.PROCESSOR, OWNER, "");
        store.update(Map.of("k", bytes("1")));
        int writes = disk.writes.get();

        store.update(changes("k", "1", "gone", null));

        assertThat(disk.writes).hasValue(writes);
    }

    @Test
    void refusesToGrowBeyondItsLimit() throws Exception {
        Store store = open().open(Kind.PROCESSOR, OWNER, "");
        store.update(Map.of("k", bytes("1")));

        assertThatThrownBy(() -> store.update(Map.of("k", new byte[FileStorage.MAX_STORE_BYTES])))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("16777216 is the limit");
        store.update(Map.of("k", new byte[FileStorage.MAX_STORE_BYTES - 64]));

        assertThat(reopen().open(Kind.PROCESSOR, OWNER, "").get("k")).hasSize(FileStorage.MAX_STORE_BYTES - 64);
    }

    @Test
    void refusesAKeyThatWouldNotComeBack() throws Exception {
        Store store = open().open(Kind.PROCESSOR, OWNER, "");

        assertThatThrownBy(() -> store.update(Map.of("\ud800", bytes("1")))).isInstanceOf(IOException.class);
        assertThat(store.keys()).isEmpty();
    }

    @Test
    void givesUpOnAHungDiskAndTakesUpWhatItDidLater() throws Exception {
        Failing disk = new Failing();
        storage = open(temp, task -> new Thread(task).start(), disk, Duration.ofMillis(50));
        Store store = storage.open(Kind.PROCESSOR, OWNER, "");
        disk.hang = new CountDownLatch(1);

        assertThatThrownBy(() -> store.update(Map.of("k", bytes("1"))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not done within 0.05 s");
        assertThatThrownBy(() -> store.update(Map.of("k", bytes("2"))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("an earlier change is still not written");
        assertThat(store.get("k")).isNull();
        storage.close(Deadline.in(Duration.ZERO, time.clock()));
        assertThatThrownBy(() -> openPublic(temp)).isInstanceOf(StartException.class); // it may be written yet

        disk.hang.countDown();
        Awaitility.await().untilAsserted(() -> assertThat(store.get("k")).isEqualTo(bytes("1")));
    }

    @Test
    void refusesChangesWhenItIsClosedOrTheProcessEnds() throws Exception {
        Store rejected = open(
                        temp.resolve("a"),
                        task -> {
                            throw new RejectedExecutionException();
                        },
                        new Failing(),
                        Duration.ofSeconds(1))
                .open(Kind.PROCESSOR, OWNER, "");
        for (int i = 0; i < 2; i++) { // twice: the first one gave its turn back
            assertThatThrownBy(() -> rejected.update(Map.of("k", bytes("1"))))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("the process is ending");
        }
        Store closed = open().open(Kind.PROCESSOR, OWNER, "");
        storage.close(soon());
        storage.close(soon());

        assertThatThrownBy(() -> closed.update(Map.of("k", bytes("1"))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> storage.open(Kind.PROCESSOR, OWNER, "y")).isInstanceOf(IOException.class);
    }

    private FileStorage open() throws Exception {
        storage = openPublic(temp);
        return storage;
    }

    private FileStorage reopen() throws Exception {
        storage.close(soon());
        return open();
    }

    private FileStorage openPublic(Path directory) throws StartException {
        return FileStorage.open(
                directory, Runnable::run, Duration.ofSeconds(10), telemetry, LoggerFactory.getLogger("test"));
    }

    private FileStorage open(Path directory, Executor writer, Disk disk, Duration patience) throws Exception {
        new LocalDisk(directory).makeDirectory(directory);
        Path real = directory.toRealPath();
        return FileStorage.open(
                real, DirectoryLock.take(real), disk, writer, patience, telemetry, LoggerFactory.getLogger("test"));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(temp)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private Deadline soon() {
        return Deadline.in(Duration.ofSeconds(1), time.clock());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, byte[]> changes(String key, String value, String otherKey, String otherValue) {
        Map<String, byte[]> changes = new HashMap<>();
        changes.put(key, value == null ? null : bytes(value));
        changes.put(otherKey, otherValue == null ? null : bytes(otherValue));
        return changes;
    }

    /** The real disk, with one step that fails or hangs. */
    private static final class Failing implements Disk {
        private final Disk real = new LocalDisk(Path.of("/"));
        private volatile String failAt = "";
        private volatile CountDownLatch hang = new CountDownLatch(0);
        private final AtomicInteger writes = new AtomicInteger();

        private void step(String name) throws IOException {
            if (failAt.equals(name)) {
                throw new IOException("No space left on device");
            }
        }

        @Override
        public List<Path> list(Path directory) throws IOException {
            return real.list(directory);
        }

        @Override
        public boolean exists(Path file) throws IOException {
            return real.exists(file);
        }

        @Override
        public byte[] read(Path file, int limit) throws IOException {
            return real.read(file, limit);
        }

        @Override
        public void writeForced(Path file, byte[] content) throws IOException {
            try {
                hang.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            if (failAt.equals("write")) {
                Files.write(file, Arrays.copyOf(content, content.length / 2)); // as a full disk does
            }
            step("write");
            real.writeForced(file, content);
            writes.incrementAndGet();
        }

        @Override
        public void rename(Path from, Path to) throws IOException {
            step("rename");
            real.rename(from, to);
        }

        @Override
        public void deleteIfExists(Path file) throws IOException {
            real.deleteIfExists(file);
        }

        @Override
        public void forceDirectory(Path directory) throws IOException {
            step("forceDirectory");
            real.forceDirectory(directory);
        }
    }
}
