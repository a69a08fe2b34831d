package tscollector.kit.storage;

import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.slf4j.helpers.NOPLogger;
import tscollector.component.ComponentId;
import tscollector.component.Kind;
import tscollector.extension.Store;
import tscollector.testkit.RecordingTelemetry;

/** A process to be killed: counts in a store, two keys at once, and says each number once it is on the disk. */
final class KeepsCounting {
    private KeepsCounting() {}

    public static void main(String[] args) throws Exception {
        FileStorage storage = FileStorage.open(
                Path.of(args[0]),
                Runnable::run,
                Duration.ofSeconds(10),
                new RecordingTelemetry(),
                NOPLogger.NOP_LOGGER);
        Store store = storage.open(Kind.PROCESSOR, ComponentId.parse("model_diff"), "");
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
        for (int n = count(store, "one") + 1; ; n++) {
            byte[] padded = new byte[4 + n % 50_000];
            ByteBuffer.wrap(padded).putInt(n);
            store.update(Map.of("one", number(n), "two", padded));
            out.println(n);
        }
    }

    static int count(Store store, String key) throws Exception {
        byte[] value = store.get(key);
        return value == null ? 0 : ByteBuffer.wrap(value).getInt();
    }

    private static byte[] number(int n) {
        return ByteBuffer.allocate(4).putInt(n).array();
    }
}
