package tscollector.receiver.nosy;

import io.opentelemetry.api.internal.StringUtils;
import io.opentelemetry.sdk.common.Clock;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;
import tscollector.app.Main;
import tscollector.exporter.loud.LoudExporter;

/** Breaks every rule a component can break. */
public class NosyReceiver {
    final LongSupplier clock = System::nanoTime;

    static class Worker extends Thread {}

    Object readsClocks() {
        return StringUtils.isNullOrEmpty("") ? Instant.now() : System.currentTimeMillis();
    }

    Clock takesTheClockOfTheSdk() {
        return Clock.getDefault();
    }

    ExecutorService makesThreads() {
        new Worker().start();
        return Executors.newCachedThreadPool();
    }

    void knowsOthers() {
        LoudExporter.shout();
        Main.main();
    }
}
