package tscollector.extension.health;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import tscollector.component.BuildContext;
import tscollector.component.ComponentId;
import tscollector.component.Deadline;
import tscollector.component.Host;
import tscollector.component.Kind;
import tscollector.component.StartException;
import tscollector.component.Status;
import tscollector.extension.Extension;
import tscollector.extension.PipelineWatcher;

/** Listens from start on, so that probes get their 503 while other components still start. */
final class HealthCheckExtension implements Extension, PipelineWatcher {
    private final BuildContext context;
    private final HealthCheckConfig config;
    private final Health health;
    private @Nullable ProbeServer server; // guarded by this

    HealthCheckExtension(BuildContext context, HealthCheckConfig config) {
        this.context = context;
        this.config = config;
        this.health = new Health(context.clock());
    }

    @Override
    public synchronized void start(Host host) throws StartException {
        InetSocketAddress address = address(config.endpoint());
        if (address.isUnresolved()) {
            throw cannotListen("the host is not known; set endpoint to an address of this machine", null);
        }
        try {
            server = ProbeServer.open(address, config.path(), health::answer, context.scheduler());
        } catch (BindException e) {
            throw cannotListen(
                    e.getMessage() + "; set endpoint to an address of this machine and a port that no process uses", e);
        } catch (IOException | IllegalArgumentException e) {
            throw cannotListen(String.valueOf(e.getMessage()), e);
        }
        context.logger().info("Answering health probes. endpoint={} port={}", config.endpoint(), port());
    }

    @Override
    public void ready() {
        health.up();
    }

    @Override
    public void notReady() {
        health.down();
    }

    @Override
    public void statusChanged(Kind kind, ComponentId id, Status status) {
        health.changed(kind, id, status);
    }

    @Override
    public void shutdown(Deadline deadline) {
        ProbeServer open;
        synchronized (this) {
            open = server;
            server = null;
        }
        health.down();
        if (open != null) {
            open.close();
        }
    }

    /** The port it listens on. */
    synchronized int port() {
        if (server == null) {
            throw new IllegalStateException("not started");
        }
        return server.address().getPort();
    }

    private StartException cannotListen(String why, @Nullable Exception cause) {
        String message = "cannot listen on " + config.endpoint() + ": " + why;
        return cause == null ? new StartException(message) : new StartException(message, cause);
    }

    private static InetSocketAddress address(String endpoint) throws StartException {
        int colon = endpoint.lastIndexOf(':');
        try {
            String host = endpoint.substring(0, colon);
            int port = Integer.parseInt(endpoint.substring(colon + 1));
            if (host.isEmpty()) {
                return new InetSocketAddress(port); // ":13133" means every address, as in Go
            }
            boolean inBrackets = host.startsWith("[") && host.endsWith("]");
            return new InetSocketAddress(inBrackets ? host.substring(1, host.length() - 1) : host, port);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new StartException("cannot listen on " + endpoint + ": it is not host:port", e);
        }
    }
}
