package tscollector.app.interop;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Where {@code interop/run.sh} says that its scripts and the real counterparts are, and how a script is run. */
final class Interop {
    private static final String SCRIPTS = "interop.scripts";
    private static final String TORCHSERVE = "interop.torchserve";
    private static final String COLLECTOR = "interop.collector";
    private static final long SCRIPT_SECONDS = 90;

    private Interop() {}

    static boolean hasCollector() {
        return property(COLLECTOR) != null;
    }

    /** The folder for {@code --home}; without it the test is skipped. */
    static String torchServeHome() {
        return needed(TORCHSERVE);
    }

    /** The folder of the scripts. */
    static String scripts() {
        return needed(SCRIPTS);
    }

    /** The file for {@code --binary}; without it the test is skipped. */
    static String collectorBinary() {
        return needed(COLLECTOR);
    }

    /** Runs a script to its end; a server that it starts runs on. */
    static void run(String script, String... arguments) {
        Path path = Path.of(needed(SCRIPTS), script);
        List<String> command = new ArrayList<>(List.of(path.toString()));
        command.addAll(List.of(arguments));
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            Process process = builder.start();
            if (!process.waitFor(SCRIPT_SECONDS, TimeUnit.SECONDS)) {
                process.destroy();
                throw new AssertionError(command + " does not end");
            }
            if (process.exitValue() != 0) {
                throw new AssertionError(command + " ended with " + process.exitValue() + ", see above");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(command + " was interrupted", e);
        }
    }

    /** Ports that were free a moment ago, all different. */
    static List<Integer> freePorts(int count) {
        List<ServerSocket> taken = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                taken.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return taken.stream().map(ServerSocket::getLocalPort).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            for (ServerSocket socket : taken) {
                close(socket);
            }
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String needed(String key) {
        String value = property(key);
        assumeTrue(value != null, () -> "no -D" + key + ": interop/run.sh gives it");
        return String.valueOf(value);
    }

    private static @Nullable String property(String key) {
        String value = System.getProperty(key);
        return value == null || value.isEmpty() ? null : value;
    }
}
