package tscollector.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.opentelemetry.sdk.common.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tscollector.component.BuildContext;
import tscollector.component.Component;
import tscollector.component.Deadline;
import tscollector.testkit.TestContext;

/**
 * What every component promises about its life: {@code shutdown} works without start, twice, and gives back timers, threads and
 * what else it took. The contracts of the kinds add to it; a class implements one of those.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
public interface ComponentContract {
    /** A new component that can start. Everything it needs is there: files, free ports, and so on. */
    Component create(TestContext test) throws Exception;

    /**
     * What the component is built with; by default with the manual scheduler. Where the component needs real threads, override
     * this with {@code test.build(scheduler, clock)}.
     */
    default BuildContext context(TestContext test) {
        return test.build();
    }

    /** Whether a thread belongs to a library that shares it and lets it end by itself. */
    default boolean isShared(Thread thread) {
        return thread.isDaemon();
    }

    /** Nothing was taken, so nothing is given back. */
    @Test
    default void shutsDownWithoutStartAndTwice() throws Exception {
        TestContext test = new TestContext("contract");
        Component component = create(test);

        assertThatCode(() -> {
                    component.shutdown(soon(context(test).clock()));
                    component.shutdown(soon(context(test).clock()));
                })
                .doesNotThrowAnyException();
    }

    /** A second one with the same settings can start after the first: ports, files and locks are free again. */
    @Test
    default void givesEverythingBackAtShutdown() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        for (int life = 0; life < 2; life++) {
            TestContext test = new TestContext("contract");
            Component component = create(test);
            component.start(test.host());

            component.shutdown(soon(context(test).clock()));
            component.shutdown(soon(context(test).clock()));

            assertThat(test.scheduler().timerCount()).as("timers that wait").isZero();
        }
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (!before.contains(thread) && !isShared(thread)) {
                thread.join(10_000);
                assertThat(thread.isAlive()).as("%s still runs", thread).isFalse();
            }
        }
    }

    /** Two seconds from now. */
    static Deadline soon(Clock clock) {
        return Deadline.in(Duration.ofSeconds(2), clock);
    }
}
