package tscollector.kit.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import tscollector.component.ComponentId;
import tscollector.component.Kind;
import tscollector.extension.Store;
import tscollector.testkit.RecordingTelemetry;

class PowerLossTest {
    private static final int POWER_LOSSES = 20_000;

    private final RecordingTelemetry telemetry = new RecordingTelemetry();

    @TempDir
    Path directory;

    @Test
    void leavesAllOfAChangeOrNoneWheneverThePowerGoes() throws Exception {
        long seed = 20_261_123;
        SplittableRandom random = new SplittableRandom(seed);
        PowerLossDisk disk = new PowerLossDisk();
        Map<String, String> certain = new TreeMap<>();
        try (DirectoryLock lock = DirectoryLock.take(directory.toRealPath())) {
            for (int round = 0; round < POWER_LOSSES; round++) {
                Map<String, String> possible = changeUntilThePowerGoes(disk, lock, certain, random);
                disk = disk.afterPowerLoss(random);

                Map<String, String> found = content(open(disk, lock));

                assertThat(found).as("seed %d, round %d", seed, round).isIn(certain, possible);
                certain = found;
            }
        }
        assertThat(telemetry.counts()).isEmpty(); // nothing was ever damaged
    }

    /** Brings {@code certain} to what was acknowledged; gives what the last change would have made of it. */
    private Map<String, String> changeUntilThePowerGoes(
            PowerLossDisk disk, DirectoryLock lock, Map<String, String> certain, SplittableRandom random)
            throws IOException {
        disk.losePowerAfter(2 + random.nextInt(40));
        Store store;
        try {
            store = open(disk, lock);
        } catch (IOException e) {
            return certain; // went while cleaning up
        }
        while (true) {
            Map<String, byte[]> changes = new HashMap<>();
            Map<String, String> possible = new TreeMap<>(certain);
            for (int i = random.nextInt(1, 4); i > 0; i--) {
                String key = "k" + random.nextInt(5);
                if (random.nextInt(4) == 0) {
                    changes.put(key, null);
                    possible.remove(key);
                } else {
                    String value = "v".repeat(random.nextInt(60)) + random.nextInt(1_000_000);
                    changes.put(key, value.getBytes(StandardCharsets.UTF_8));
                    possible.put(key, value);
                }
            }
            try {
                store.update(changes);
                certain.clear();
                certain.putAll(possible);
            } catch (IOException e) {
                return possible;
            }
        }
    }

    private Store open(PowerLossDisk disk, DirectoryLock lock) throws IOException {
        return FileStorage.open(
                        directory,
                        lock,
                        disk,
                        Runnable::run,
                        Duration.ofSeconds(10),
                        telemetry,
                        LoggerFactory.getLogger(PowerLossTest.class))
                .open(Kind.PROCESSOR, ComponentId.parse("model_diff"), "");
    }

    private static Map<String, String> content(Store store) throws IOException {
        Map<String, String> content = new TreeMap<>();
        for (String key : store.keys()) {
            content.put(key, new String(store.get(key), StandardCharsets.UTF_8));
        }
        return content;
    }
}
