package tscollector.exporter.datadog;

import org.jspecify.annotations.Nullable;
import tscollector.component.ComponentId;
import tscollector.component.Host;
import tscollector.component.StartException;
import tscollector.component.Status;

/** What the exporter says about itself: its key's trouble first, then that of its queues. Stands before the real host. Thread-safe. */
final class ExporterHealth implements Host {
    private @Nullable Host host; // all guarded by this
    private Status delivery = Status.ok();
    private Status key = Status.ok();
    private Status said = Status.ok();

    synchronized void start(Host realHost) {
        this.host = realHost;
        tell();
    }

    /** The intake takes the key. */
    synchronized void keyAccepted() {
        key = Status.ok();
        tell();
    }

    /** The intake does not take the key. */
    synchronized void keyRefused(String message) {
        key = Status.recoverable(message);
        tell();
    }

    @Override
    public synchronized void report(Status status) {
        delivery = status;
        tell();
    }

    @Override
    public synchronized <T> T extension(ComponentId id, Class<T> capability) throws StartException {
        if (host == null) {
            throw new StartException("not started");
        }
        return host.extension(id, capability);
    }

    private void tell() {
        Status now = key.level() == Status.Level.OK ? delivery : key;
        if (host != null && !now.equals(said)) {
            said = now;
            host.report(now);
        }
    }
}
