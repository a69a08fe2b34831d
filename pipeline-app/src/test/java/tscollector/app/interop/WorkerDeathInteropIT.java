package tscollector.app.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tscollector.app.interop.OtlpFile.Point;
import tscollector.app.it.Program;

/** The deaths of a real worker, as the metrics tell them. */
class WorkerDeathInteropIT {
    private static final String WORKER = "torchserve.management_api.model.worker.";

    @TempDir
    private Path folder;

    @Test
    void countsRestartsShowsTheStatusInBetweenAndTheNewPid() throws Exception {
        // One collection of host metrics for the whole test: one that meets a dead worker is the server's last.
        try (RealTorchServe server = RealTorchServe.start(
                        folder.resolve("ts"),
                        "prometheus",
                        "--model",
                        "crasher.mar",
                        "--property",
                        "metric_time_interval=600");
                Program program = start(server)) {
            JsonNode first = onlyWorker(server.awaitWorkers("crasher", false));
            awaitLast("status", 1, first);

            assertThat(server.predict("crasher", "exit")).isEqualTo(500);
            awaitLast("status", 3, first);
            JsonNode second = onlyWorker(server.awaitWorkers("crasher", false));
            awaitLast("status", 1, second);

            ProcessHandle.of(second.get("pid").asLong()).orElseThrow().destroyForcibly();
            awaitLast("status", 3, second);
            JsonNode third = onlyWorker(server.awaitWorkers("crasher", false));
            awaitLast("status", 1, third);
            program.terminate();
            assertThat(program.exitCode()).as(program.errors()).isZero();

            String id = first.get("id").asString();
            assertThat(List.of(second.get("id").asString(), third.get("id").asString()))
                    .containsOnly(id);
            assertRestarts(id);
            assertStatus(List.of(pid(first), pid(second), pid(third)));
            assertThat(points("torchserve.inference_api.health")).allMatch(point -> point.number() == 0);
            assertThat(points("torchserve.management_api.model.workers.current"))
                    .allMatch(point -> point.number() == 1);
            assertThat(points("torchserve.openmetrics.requests.5xx.count")).isNotEmpty();
        }
    }

    private Program start(RealTorchServe server) throws Exception {
        return Line.toFilesOnly(server::port, folder)
                .environment("INTERVAL", "100ms")
                .start()
                .awaitReady();
    }

    /** 0, then 1, then 2, of one series with one start. */
    private void assertRestarts(String id) {
        List<Point> restarts = points(WORKER + "restarts");

        assertThat(restarts).extracting(Point::kind).containsOnly("sum 2 monotonic");
        assertThat(restarts)
                .extracting(Point::attributes)
                .allMatch(
                        attributes -> attributes.get("worker_id").equals(id) && !attributes.containsKey("worker_pid"));
        assertThat(restarts)
                .extracting(Point::start)
                .containsOnly(restarts.get(0).start());
        assertThat(restarts.stream().map(Point::number).distinct()).containsExactly(0.0, 1.0, 2.0);
    }

    /** Under each pid: ready (the first: loading before), then unloading under the dead one, but for the last. */
    private void assertStatus(List<String> pids) {
        for (String pid : pids) {
            List<Double> values = points(WORKER + "status").stream()
                    .filter(point -> point.attribute("worker_pid").equals(pid))
                    .map(Point::number)
                    .toList();
            assertThat(values).as("status under pid %s", pid).contains(1.0);
            boolean last = pid.equals(pids.get(pids.size() - 1));
            assertThat(values.get(values.size() - 1))
                    .as("last status under pid %s", pid)
                    .isEqualTo(last ? 1.0 : 3.0);
        }
        List<String> seen = points(WORKER + "status").stream()
                .map(point -> point.attribute("worker_pid"))
                .filter(pid -> !pid.equals("-1")) // that of a first load
                .distinct()
                .toList();
        assertThat(seen).isEqualTo(pids);
    }

    private void awaitLast(String metric, double value, JsonNode worker) {
        RealTorchServe.until(() -> points(WORKER + metric), points -> {
            Point last = points.isEmpty() ? null : points.get(points.size() - 1);
            return last != null
                    && last.number() == value
                    && last.attribute("worker_pid").equals(pid(worker));
        });
    }

    private List<Point> points(String name) {
        return OtlpFile.points(folder.resolve("metrics.jsonl")).stream()
                .filter(point -> point.name().equals(name))
                .toList();
    }

    private static JsonNode onlyWorker(JsonNode versions) {
        List<JsonNode> workers = RealTorchServe.workers(versions);
        assertThat(workers).hasSize(1);
        return workers.get(0);
    }

    private static String pid(JsonNode worker) {
        return worker.get("pid").asString();
    }
}
