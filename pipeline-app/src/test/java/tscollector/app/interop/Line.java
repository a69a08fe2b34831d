package tscollector.app.interop;

import java.nio.file.Path;
import java.util.function.ToIntFunction;
import tscollector.app.it.Program;
import tscollector.simulator.Api;

/** The program with {@code config/line.yaml} as it is shipped, told by its environment what to watch and where to write. */
final class Line {
    private Line() {}

    /** @param port of each API of the server that is watched */
    static Program.Builder of(ToIntFunction<Api> port, Path folder) {
        return Program.program()
                .in(folder)
                .arguments(
                        "run",
                        "--config",
                        Program.checkout().resolve("config/line.yaml").toString())
                .environment("TS_METRICS_PORT", port.applyAsInt(Api.METRICS))
                .environment("TS_INFERENCE_PORT", port.applyAsInt(Api.INFERENCE))
                .environment("TS_MANAGEMENT_PORT", port.applyAsInt(Api.MANAGEMENT))
                .environment("INTERVAL", "300ms")
                .environment("TIMEOUT", "5s")
                .environment("STATE_DIR", folder.resolve("state"))
                .environment("OUT_DIR", folder);
    }

    /** The same without a backend. */
    static Program.Builder toFilesOnly(ToIntFunction<Api> port, Path folder) {
        return of(port, folder)
                .set("service.pipelines.metrics.exporters", "[file/metrics]")
                .set("service.pipelines.logs.exporters", "[file/events]");
    }
}
