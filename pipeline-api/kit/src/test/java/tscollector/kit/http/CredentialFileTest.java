package tscollector.kit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tscollector.kit.http.CredentialFile.MalformedException;
import tscollector.testkit.ManualScheduler;

/** When a file is looked at, when it is read, and what is in force while it is neither. */
class CredentialFileTest {
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final ManualScheduler time = new ManualScheduler();
    private Path path;
    private CredentialFile<String> file;
    private int reads;

    @BeforeEach
    void aFile(@TempDir Path folder) throws IOException {
        path = folder.resolve("key");
        file = new CredentialFile<>(path, "auth.file", this::parse, time.clock());
        write("first", Duration.ofMinutes(1));
    }

    private String parse(byte[] bytes) throws MalformedException {
        reads++;
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.startsWith("half")) {
            throw new MalformedException("it is half written");
        }
        return text;
    }

    /** Writes the file so that it seems to be this old. */
    private void write(String text, Duration age) throws IOException {
        Files.writeString(path, text);
        Instant now = Instant.ofEpochSecond(0, time.clock().now());
        Files.setLastModifiedTime(path, FileTime.from(now.minus(age)));
    }

    @Test
    void isLookedAtOnceASecondAndReadWhenItChanged() throws Exception {
        assertThat(file.get()).isEqualTo("first");
        write("second", Duration.ofSeconds(30));
        time.advance(LOOK.minusNanos(1));
        assertThat(file.get()).as("not looked at yet").isEqualTo("first");

        time.advance(Duration.ofNanos(1));
        assertThat(file.get()).isEqualTo("second");

        time.advance(LOOK);
        assertThat(file.get()).isEqualTo("second");
        assertThat(reads).as("not read unchanged").isEqualTo(2);
    }

    @Test
    void aFileOfTheSameSizeThatIsYoungIsReadAgain() throws Exception {
        write("one", Duration.ofMillis(1500));
        assertThat(file.get()).isEqualTo("one");
        FileTime sameTime = Files.getLastModifiedTime(path);
        Files.writeString(path, "two");
        Files.setLastModifiedTime(path, sameTime);

        time.advance(LOOK);
        assertThat(file.get()).as("a write within the grain of the file's time").isEqualTo("two");

        time.advance(LOOK);
        file.get();
        time.advance(LOOK);
        file.get();
        assertThat(reads).as("once it is old, it is not read again").isEqualTo(2);
    }

    @Test
    void whatWasReadLastStaysInForceAndTheFaultIsTold() throws Exception {
        file.get();
        write("half", Duration.ofMinutes(1));
        time.advance(LOOK);

        assertThat(file.get()).isEqualTo("first");
        assertThat(file.fault()).isEqualTo("it is half written, " + path);

        Files.delete(path);
        time.advance(LOOK);
        assertThat(file.get()).isEqualTo("first");
        assertThat(file.fault()).isEqualTo(path + " does not exist");

        write("first", Duration.ofMinutes(1));
        time.advance(LOOK);
        assertThat(file.get()).isEqualTo("first");
        assertThat(file.fault()).as("all is well again").isNull();
    }

    @Test
    void aFileThatWasNeverReadableFailsEachLookAndEndsWithTheFirstGoodOne() throws Exception {
        write("half", Duration.ofMinutes(1));
        for (int i = 0; i < 2; i++) {
            assertThat(file.mustLook()).isTrue();
            assertThatThrownBy(file::get)
                    .isInstanceOfSatisfying(
                            HttpFailure.class,
                            failure -> assertThat(failure.type()).isEqualTo(HttpFailure.Type.NO_CREDENTIALS))
                    .hasMessage("cannot read the file in auth.file: it is half written, " + path);
        }
        file.renew();
        assertThat(file.last()).as("a renewal does not throw").isNull();

        write("good", Duration.ofMinutes(1));
        assertThat(file.get()).as("without a wait").isEqualTo("good");
    }

    @Test
    void aRenewalReadsEvenWhatSeemsUnchanged() throws Exception {
        file.get();
        write("other", Duration.ofMinutes(1)); // the same size and time

        file.renew();

        assertThat(file.last()).isEqualTo("other");
        assertThat(file.mustLook()).as("a look as well").isFalse();
    }

    @Test
    void sixtyFourKibibytesAreTheMost() throws Exception {
        write("x".repeat(64 << 10), Duration.ofMinutes(1));
        assertThat(file.get()).hasSize(64 << 10);

        write("x".repeat((64 << 10) + 1), Duration.ofMinutes(1));
        time.advance(LOOK);
        assertThat(file.get()).hasSize(64 << 10);
        assertThat(file.fault()).isEqualTo("it is larger than 64 KiB, " + path);
    }
}
