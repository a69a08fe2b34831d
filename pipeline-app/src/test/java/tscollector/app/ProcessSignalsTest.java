package tscollector.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signals of this very process; what it did at them before is put back. */
class ProcessSignalsTest {
    private final Map<String, Object> before = new HashMap<>();
    private final Semaphore calls = new Semaphore(0);
    private Class<?> signal;
    private Method handle;

    @BeforeEach
    void catchSignals() throws Exception {
        signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        handle = signal.getMethod("handle", signal, handler);
        Object standard = handler.getField("SIG_DFL").get(null); // a signal that is ignored stays so
        for (String name : new String[] {"TERM", "INT"}) {
            before.put(name, handle.invoke(null, signalOf(name), standard));
        }
        ProcessSignals.onStopSignal(calls::release);
    }

    @AfterEach
    void putBack() throws Exception {
        for (Map.Entry<String, Object> entry : before.entrySet()) {
            handle.invoke(null, signalOf(entry.getKey()), entry.getValue());
        }
    }

    private Object signalOf(String name) throws ReflectiveOperationException {
        return signal.getConstructor(String.class).newInstance(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void callsAtEachSignalAndNotOnlyAtTheFirst(String name) throws Exception {
        Object ignored =
                Class.forName("sun.misc.SignalHandler").getField("SIG_IGN").get(null);
        // A shell that starts this in the background has SIGINT ignored, and the Java machine leaves that alone.
        assumeFalse(ignored.equals(before.get(name)), name + " is ignored here");
        Method raise = signal.getMethod("raise", signal);
        for (int i = 0; i < 2; i++) {
            raise.invoke(null, signalOf(name));
            assertThat(calls.tryAcquire(20, TimeUnit.SECONDS)).as("call " + i).isTrue();
        }
    }

    @Test
    void behavesAsAnObjectWhereverTheMachineKeepsIt() throws Exception {
        Object handler = handle.invoke(null, signalOf("TERM"), before.get("TERM"));

        assertThat(Set.of(handler)).contains(handler).doesNotContain(new Object());
        assertThat(handler).hasToString("stop signal handler");
        assertThat(handler.hashCode()).isEqualTo(System.identityHashCode(handler));
    }
}
