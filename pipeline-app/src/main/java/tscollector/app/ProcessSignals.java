package tscollector.app;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGTERM and SIGINT as calls. A shutdown hook would not do: it cannot see a second signal, and the exit code would be 128 plus the
 * signal's number. Reached by reflection since {@code sun.misc.Signal} is not part of the platform's documented interface; where it is
 * missing, signals end the process as Java does by itself.
 */
final class ProcessSignals {
    private static final Logger LOG = LoggerFactory.getLogger("service");

    private ProcessSignals() {}

    /** Calls {@code handler} at each SIGTERM and SIGINT from now on, on a thread of the Java machine. */
    static void onStopSignal(Runnable handler) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> signalHandler = Class.forName("sun.misc.SignalHandler");
            InvocationHandler invoke = (proxy, method, arguments) -> answer(proxy, method, arguments, handler);
            Object proxy = Proxy.newProxyInstance(
                    ProcessSignals.class.getClassLoader(), new Class<?>[] {signalHandler}, invoke);
            Method handle = signal.getMethod("handle", signal, signalHandler);
            for (String name : new String[] {"TERM", "INT"}) {
                handle.invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
            }
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            LOG.warn(
                    "Signals cannot be caught here, so that a stop delivers nothing that waits. cause=\"{}\"",
                    e.toString());
        }
    }

    private static Object answer(Object proxy, Method method, Object[] arguments, Runnable handler) {
        return switch (method.getName()) {
            case "handle" -> {
                handler.run();
                yield proxy;
            }
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> "stop signal handler";
        };
    }
}
