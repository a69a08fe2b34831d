package tscollector.kit.delivery;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tscollector.component.Host;
import tscollector.component.Status;
import tscollector.signal.Signal;

/** What an exporter reports about its backend: well only while no signal fails. Thread-safe. */
final class BackendStatus {
    private final Map<Signal<?>, String> failures = new LinkedHashMap<>(); // guarded by this
    private @Nullable Host host; // guarded by this

    synchronized void start(Host newHost) {
        this.host = newHost;
    }

    synchronized void failed(Signal<?> signal, String cause) {
        if (!cause.equals(failures.put(signal, cause))) {
            report(Status.recoverable("cannot deliver " + signal + ": " + cause));
        }
    }

    synchronized void succeeded(Signal<?> signal) {
        if (failures.remove(signal) == null) {
            return;
        }
        if (failures.isEmpty()) {
            report(Status.ok());
        } else {
            Map.Entry<Signal<?>, String> other = failures.entrySet().iterator().next();
            report(Status.recoverable("cannot deliver " + other.getKey() + ": " + other.getValue()));
        }
    }

    private void report(Status status) {
        if (host != null) {
            host.report(status);
        }
    }
}
