package tscollector.app.interop;

import java.nio.file.Path;
import java.util.List;

/** A real OpenTelemetry Collector on loopback that writes what it receives to two files. */
final class RealCollector implements AutoCloseable {
    private final Path work;
    private final int grpc;
    private final int http;

    private RealCollector(Path work, int grpc, int http) {
        this.work = work;
        this.grpc = grpc;
        this.http = http;
    }

    /** Starts one; skips the test where none is installed. */
    static RealCollector start(Path work) {
        return start(work, Path.of(Interop.scripts(), "collector", "otlp-to-file.yaml"));
    }

    /** Starts one with a configuration of the test's, which finds the ports and files in its environment as start.sh says. */
    static RealCollector start(Path work, Path configuration) {
        String binary = Interop.collectorBinary();
        List<Integer> ports = Interop.freePorts(2);
        Interop.run(
                "collector/start.sh",
                "--work",
                work.toString(),
                "--config",
                configuration.toString(),
                "--binary",
                binary,
                "--grpc",
                ports.get(0).toString(),
                "--http",
                ports.get(1).toString());
        return new RealCollector(work, ports.get(0), ports.get(1));
    }

    String grpcAddress() {
        return "127.0.0.1:" + grpc;
    }

    String httpAddress() {
        return "127.0.0.1:" + http;
    }

    /** The metrics it has taken; all of them once it is stopped. */
    Path metrics() {
        return work.resolve("metrics.json");
    }

    /** The log records it has taken; all of them once it is stopped. */
    Path logs() {
        return work.resolve("logs.json");
    }

    /** Stops it, with what it holds written down. Twice is no error. */
    @Override
    public void close() {
        Interop.run("collector/stop.sh", work.toString());
    }
}
