package tscollector.testkit;

import io.opentelemetry.sdk.common.Clock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.slf4j.LoggerFactory;
import tscollector.component.BuildContext;
import tscollector.component.ComponentId;
import tscollector.time.Scheduler;

/**
 * Everything a component is built with, in the hands of the test.
 *
 * <pre>{@code
 * TestContext test = new TestContext("filter/no_disk");
 * var processor = new FilterProcessor(test.build(), config, next);
 * test.scheduler().advance(Duration.ofSeconds(15));
 * assertThat(test.telemetry().dropped()).containsEntry("excluded", 3L);
 * }</pre>
 */
public final class TestContext {
    private final ComponentId id;
    private final ManualScheduler scheduler = new ManualScheduler();
    private final RecordingTelemetry telemetry = new RecordingTelemetry();
    private final FakeHost host = new FakeHost();
    private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();

    public TestContext(String id) {
        this.id = ComponentId.parse(id);
    }

    /** The context with the manual scheduler and its clock. */
    public BuildContext build() {
        return build(scheduler, scheduler.clock());
    }

    /** The context with other time, where real threads meet. */
    public BuildContext build(Scheduler otherScheduler, Clock clock) {
        return new BuildContext(
                id,
                LoggerFactory.getLogger("test." + id),
                telemetry,
                clock,
                otherScheduler,
                new PrintStream(terminal, true, StandardCharsets.UTF_8),
                "0.0.0-test");
    }

    public ManualScheduler scheduler() {
        return scheduler;
    }

    public RecordingTelemetry telemetry() {
        return telemetry;
    }

    public FakeHost host() {
        return host;
    }

    /** What the component printed to standard output. */
    public String printed() {
        return terminal.toString(StandardCharsets.UTF_8);
    }
}
