package tscollector.app;

import io.opentelemetry.sdk.common.Clock;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Properties;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.atomic.AtomicBoolean;
import tscollector.app.cli.MainCommand;
import tscollector.app.cli.Terminal;
import tscollector.app.observe.LogSetup;
import tscollector.app.service.ExitCode;
import tscollector.app.service.Service;

/** Where the process begins. The only place that ends it. */
public final class Main {
    /** What a stop may take longer than its timeout before the process ends without it. */
    private static final Duration GRACE = Duration.ofMillis(700);

    private Main() {}

    /** Runs the command line. */
    public static void main(String[] arguments) {
        Thread.setDefaultUncaughtExceptionHandler((thread, error) -> die(error));
        LogSetup.bridgeJavaLogging();
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        Terminal terminal = new Terminal(System.in, out, System.err, Main::stopAtSignal, Clock.getDefault(), version());
        int code = MainCommand.commandLine(terminal).execute(arguments);
        out.flush();
        Runtime.getRuntime().halt(code); // nothing is left to be done, and no hook is to change the code
    }

    private static void stopAtSignal(Service service) {
        AtomicBoolean stopping = new AtomicBoolean();
        ProcessSignals.onStopSignal(() -> {
            if (stopping.getAndSet(true)) {
                Runtime.getRuntime().halt(ExitCode.UNDELIVERED); // the second signal: somebody is in a hurry
            }
            long latest = service.shutdownTimeout().plus(GRACE).toMillis();
            new Timer("stop-at-the-latest", true)
                    .schedule(
                            new TimerTask() {
                                @Override
                                public void run() {
                                    System.err.println("tscollector: did not stop in time");
                                    Runtime.getRuntime().halt(ExitCode.UNDELIVERED);
                                }
                            },
                            latest);
            service.requestStop();
        });
    }

    /** An error nobody caught: without memory nothing can be relied on any more; all else ended its own task only. */
    private static void die(Throwable error) {
        if (error instanceof OutOfMemoryError) {
            System.err.println(
                    "tscollector: out of memory; give it more with TSCOLLECTOR_JAVA_OPTS=-Xmx512m, or watch fewer servers");
            Runtime.getRuntime().halt(ExitCode.FATAL);
        }
        System.err.println("tscollector: a thread ended with a defect, please report it: " + error);
    }

    private static String version() {
        Properties properties = new Properties();
        try (InputStream in = Main.class.getResourceAsStream("version.properties")) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            return "unknown";
        }
        return properties.getProperty("version", "unknown");
    }
}
