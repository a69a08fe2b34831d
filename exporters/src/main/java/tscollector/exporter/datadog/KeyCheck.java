package tscollector.exporter.datadog;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tscollector.component.BuildContext;
import tscollector.component.StartException;
import tscollector.exporter.datadog.DatadogConfig.KeyCheckMode;
import tscollector.time.Scheduler.Cancellable;

/** Asks Datadog at the start and every hour whether the key is good, beside the data's way. The status shows what it says. */
final class KeyCheck {
    /** As often as the Agent. */
    static final Duration PERIOD = Duration.ofMinutes(60);
    /** A start that a refused key ends waits no longer than this for the answer. */
    static final Duration START_WAIT = Duration.ofSeconds(10);

    private final BuildContext context;
    private final Intake intake;
    private final KeyCheckMode mode;
    private @Nullable Cancellable timer; // guarded by this
    private boolean ended; // guarded by this

    KeyCheck(BuildContext context, DatadogConfig config, Intake intake) {
        this.context = context;
        this.intake = intake;
        this.mode = config.keyCheck();
    }

    /** @throws StartException if Datadog refuses the key and the user wants to know at the start */
    void start() throws StartException {
        if (mode == KeyCheckMode.OFF) {
            return;
        }
        if (mode == KeyCheckMode.FAIL && verdictAtStart() == KeyVerdict.REFUSED) {
            throw new StartException(
                    "Datadog does not accept the API key in api.key (HTTP 403); is it a key of the site"
                            + " in api.site? With api_key_check: warn the process starts all the same.");
        }
        if (mode == KeyCheckMode.WARN) {
            check();
        }
        plan();
    }

    void shutdown() {
        synchronized (this) {
            ended = true;
            if (timer != null) {
                timer.cancel();
            }
        }
    }

    private KeyVerdict verdictAtStart() {
        try {
            return intake.validateKey().toCompletableFuture().get(START_WAIT.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return KeyVerdict.UNKNOWN;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return KeyVerdict.UNKNOWN;
        }
    }

    private void check() {
        intake.validateKey().thenAccept(verdict -> {
            if (verdict == KeyVerdict.UNKNOWN) {
                context.logger().debug("Whether the API key is valid could not be found out.");
            }
        });
    }

    private synchronized void plan() {
        if (!ended) {
            timer = context.scheduler().schedule(PERIOD, this::again);
        }
    }

    private void again() {
        check();
        plan();
    }
}
