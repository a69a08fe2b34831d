package tscollector.app.it;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The real program, started through its start script as a user would, with what it prints. */
public final class Program implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final Process process;
    private final Lines out;
    private final Lines err;

    private Program(Process process) {
        this.process = process;
        this.out = new Lines(process.getInputStream());
        this.err = new Lines(process.getErrorStream());
    }

    /** What to start; environment variables besides this process's own. */
    public static final class Builder {
        private final List<String> arguments = new ArrayList<>();
        private final Map<String, String> environment = new LinkedHashMap<>();
        private Path directory = Path.of(".");

        public Builder arguments(String... more) {
            arguments.addAll(List.of(more));
            return this;
        }

        public Builder set(String key, Object value) {
            return arguments("--set", key + "=" + value);
        }

        public Builder environment(String name, Object value) {
            environment.put(name, value.toString());
            return this;
        }

        public Builder in(Path folder) {
            directory = folder;
            return this;
        }

        public Program start() throws IOException {
            List<String> command = new ArrayList<>();
            command.add(distribution().resolve("bin/tscollector").toString());
            command.addAll(arguments);
            ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("TS"));
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            builder.environment().putAll(environment);
            return new Program(builder.start());
        }
    }

    public static Builder program() {
        return new Builder();
    }

    /** The folder of the distribution that the build made. */
    public static Path distribution() {
        return Path.of(System.getProperty("tscollector.distribution"));
    }

    /** The checkout, for the files in {@code config/}. */
    public static Path checkout() {
        return Path.of(System.getProperty("tscollector.checkout"))
                .toAbsolutePath()
                .normalize();
    }

    public Program awaitReady() {
        return awaitError("Everything is ready");
    }

    /** Waits until standard error has this text; fails with all that was printed. */
    public Program awaitError(String text) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> {
            if (!process.isAlive() && err.isOver() && !err.text().contains(text)) {
                throw new AssertionError(
                        "ended with " + process.exitValue() + " and without \"" + text + "\": " + err.text());
            }
            return err.text().contains(text);
        });
        return this;
    }

    public Program awaitOutput(String text) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> out.text().contains(text));
        return this;
    }

    /** SIGTERM; through the handle, since the process's own method closes its streams too. */
    public void terminate() {
        process.toHandle().destroy();
    }

    public void kill() {
        process.toHandle().destroyForcibly();
    }

    public long pid() {
        return process.pid();
    }

    public boolean isRunning() {
        return process.isAlive();
    }

    /** Waits for the end. */
    public int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("the program does not end: " + err.text());
        }
        out.awaitEnd();
        err.awaitEnd();
        return process.exitValue();
    }

    public String output() {
        return out.text();
    }

    public String errors() {
        return err.text();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** Reads a stream to its end on a thread of its own. */
    private static final class Lines {
        private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
        private final Thread reader;

        Lines(InputStream stream) {
            reader = new Thread(() -> read(stream), "program-output");
            reader.setDaemon(true);
            reader.start();
        }

        private void read(InputStream stream) {
            try (BufferedReader text = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                for (String line = text.readLine(); line != null; line = text.readLine()) {
                    lines.add(line);
                }
            } catch (IOException e) {
                lines.add("(cut off: " + e.getMessage() + ")");
            }
        }

        String text() {
            synchronized (lines) {
                return String.join("\n", lines);
            }
        }

        boolean isOver() {
            return !reader.isAlive();
        }

        void awaitEnd() throws InterruptedException {
            reader.join(5000);
        }
    }
}
