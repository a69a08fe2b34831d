package tscollector.kit.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
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
class KillTest {
    private static final int KILLS = 15;
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(8);

    private final RecordingTelemetry telemetry = new RecordingTelemetry();

    @TempDir
    Path directory;

    @Test
    void losesNothingAcknowledgedWhenTheProcessIsKilled() throws Exception {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        long begin = System.nanoTime();
        int kills = 0;
        while (kills < KILLS && System.nanoTime() - begin < LONGEST_NANOS) {
            int acknowledged = killAfter(random.nextInt(1, 200));
            kills++;

            FileStorage storage = open();
            Store store = storage.open(Kind.PROCESSOR, ComponentId.parse("model_diff"), "");

            assertThat(KeepsCounting.count(store, "one"))
                    .as("seed %d", seed)
                    .isBetween(acknowledged, acknowledged + 1)
                    .isEqualTo(KeepsCounting.count(store, "two"));
            storage.close(soon());
        }
        assertThat(kills).isGreaterThan(2);
        assertThat(telemetry.counts()).isEmpty();
    }

    @Test
    void sharesADirectoryWithNoOtherProcessUntilThatIsGone() throws Exception {
        Process owner = start();
        try (BufferedReader out = reader(owner)) {
            assertThat(out.readLine()).isEqualTo("1");

            assertThatThrownBy(this::open)
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining(directory.toString())
                    .hasMessageContaining("in use by another process, " + owner.pid());
        } finally {
            owner.destroyForcibly().waitFor();
        }

        open().close(soon());
    }

    /** Kills a counting process once it has acknowledged this many changes; gives the last number it said. */
    private int killAfter(int changes) throws Exception {
        Process process = start();
        try (BufferedReader out = reader(process)) {
            String last = null;
            for (int i = 0; i < changes; i++) {
                last = out.readLine();
                assertThat(last).isNotNull();
            }
            process.toHandle().destroyForcibly(); // leaves what it said readable, other than process.destroyForcibly()
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                last = line;
            }
            return Integer.parseInt(last);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private Process start() throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KeepsCounting.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static BufferedReader reader(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    }

    private FileStorage open() throws StartException {
        return FileStorage.open(
                directory, Runnable::run, Duration.ofSeconds(10), telemetry, LoggerFactory.getLogger(KillTest.class));
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(1), new ManualScheduler().clock());
    }
}
