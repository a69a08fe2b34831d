package tscollector.exporter.datadog;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import tscollector.component.Deadline;
import tscollector.component.StartException;
import tscollector.consumer.DeliveryException;
import tscollector.signal.LogBatch;
import tscollector.signal.MetricBatch;
import tscollector.signal.Signal;
import tscollector.testkit.TestContext;
import tscollector.testkit.datadog.DatadogIntake;

/** One exporter before one double, with time in the hands of the test. */
final class Destination {
    static final String LOGS = "/api/v2/logs";
    static final String EVENTS = "/api/v1/events";
    static final String VALIDATE = "/api/v1/validate";

    final TestContext test;
    final DatadogIntake intake;
    final DirectCaller caller;
    final DatadogExporter exporter;

    /** @param yaml beside key and host */
    Destination(String yaml) {
        this(new TestContext("datadog"), yaml);
    }

    Destination(TestContext test, String yaml) {
        this.test = test;
        this.intake = new DatadogIntake(test.scheduler().clock());
        this.caller = new DirectCaller(intake);
        try {
            this.exporter = DatadogExporter.create(
                    test.build(), Settings.of(yaml), caller, Set.of(Signal.METRICS, Signal.LOGS));
        } catch (StartException e) {
            throw new AssertionError(e);
        }
    }

    /** A destination that runs. */
    static Destination started(String yaml) {
        Destination destination = new Destination(yaml);
        destination.start();
        return destination;
    }

    void start() {
        try {
            exporter.start(test.host());
        } catch (StartException e) {
            throw new AssertionError(e);
        }
        test.scheduler().runPending();
    }

    void send(LogBatch batch) {
        try {
            Objects.requireNonNull(exporter.inputs().get(Signal.LOGS)).consume(batch);
        } catch (DeliveryException e) {
            throw new AssertionError(e);
        }
    }

    void send(MetricBatch batch) {
        try {
            Objects.requireNonNull(exporter.inputs().get(Signal.METRICS)).consume(batch);
        } catch (DeliveryException e) {
            throw new AssertionError(e);
        }
    }

    /** Lets queues fill their batches and everything due run. */
    void flush() {
        advance(Duration.ofMillis(200));
    }

    void advance(Duration time) {
        test.scheduler().advance(time);
    }

    void shutdown() {
        exporter.shutdown(Deadline.in(Duration.ZERO, test.scheduler().clock()));
    }

    long sent() {
        return test.telemetry().sent();
    }

    /** All that was dropped, whatever for. */
    long dropped() {
        return test.telemetry().dropped().values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    long dropped(String reason) {
        return test.telemetry().dropped().getOrDefault(reason, 0L);
    }

    /** The invariant of every test: what came in was sent, dropped or still waits. */
    boolean accountsFor(long received) {
        return received == sent() + dropped() + exporter.queuedItems();
    }
}
