package tscollector.app.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Rows of the parity checklist, each through the whole line, by default and with {@code compat: strict} alike. */
class ParityRowsIT {
    private static final String END = "endpoint:http://ts-host:8082/metrics] host=agent-host = ";
    private static final String MANAGED = "management_api_url:http://ts-host:8081";

    @TempDir
    private Path folder;

    /** What arrives of two scrapes of this text, without the health check. */
    private List<String> scraped(boolean strict, String options, String... pages) throws Exception {
        ObjectNode vector = vector("{\"openmetrics_endpoint\": \"http://ts-host:8082/metrics\"" + options + "}");
        for (String page : pages) {
            ((ArrayNode) vector.get("serve")).addObject().put("body", page);
        }
        return played(vector, strict);
    }

    /** What arrives of one look at one model with one version, described so. */
    private List<String> described(boolean strict, String version) throws Exception {
        ObjectNode vector = vector("{\"management_api_url\": \"http://ts-host:8081\"}");
        ObjectNode routes = ((ArrayNode) vector.get("serve")).addObject().putObject("routes");
        routes.putObject("/models").put("body", "{\"models\":[{\"modelName\":\"m\",\"modelUrl\":\"m.mar\"}]}");
        routes.putObject("/models/m/all").put("body", "[" + version + "]");
        return played(vector, strict);
    }

    private static ObjectNode vector(String instance) {
        ObjectNode vector = JsonMapper.shared().createObjectNode();
        vector.put("name", "row");
        vector.set("instance", JsonMapper.shared().readTree(instance));
        vector.putArray("serve");
        return vector;
    }

    private List<String> played(ObjectNode vector, boolean strict) throws Exception {
        Playing playing = new Playing(new Vector(vector), folder, false, null, null);
        List<String> lines =
                new ArrayList<>((strict ? playing : playing.byDefault()).play().lines());
        lines.removeIf(line -> line.startsWith("check "));
        return lines;
    }

    @ParameterizedTest(name = "strict {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("O2 O3 O4 counters: name with .count, their labels, no host name, what they grew by")
    void o2o3o4Counters(boolean strict) throws Exception {
        String page = """
                # TYPE Requests2XX counter
                Requests2XX{Level="Host",Hostname="x",} %d
                # TYPE ts_inference_requests_total counter
                ts_inference_requests_total{model_name="m",model_version="default",hostname="x",} %d
                # TYPE ts_inference_latency_microseconds counter
                ts_inference_latency_microseconds{model_name="m",model_version="default",hostname="x",} %d
                # TYPE ts_queue_latency_microseconds counter
                ts_queue_latency_microseconds{model_name="m",model_version="default",hostname="x",} %d
                """;
        String model = "model_name:m, model_version:default] host=agent-host = ";

        assertThat(scraped(strict, "", page.formatted(58, 11, 100, 200), page.formatted(60, 14, 104, 205)))
                .containsExactlyInAnyOrder(
                        "count torchserve.openmetrics.requests.2xx.count [endpoint:http://ts-host:8082/metrics, level:Host]"
                                + " host=agent-host = [2.00000]",
                        "count torchserve.openmetrics.inference.count [endpoint:http://ts-host:8082/metrics, " + model
                                + "[3.00000]",
                        "count torchserve.openmetrics.inference.latency.count [endpoint:http://ts-host:8082/metrics, "
                                + model + "[4.00000]",
                        "count torchserve.openmetrics.queue.latency.count [endpoint:http://ts-host:8082/metrics, "
                                + model + "[5.00000]");
    }

    @ParameterizedTest(name = "strict {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("O5 O6 O7 O9 gauges and their labels; DeviceId keeps its name; what is not listed is not sent")
    void o5o6o7o9Gauges(boolean strict) throws Exception {
        assertThat(scraped(strict, "", """
                        # TYPE HandlerTime gauge
                        HandlerTime{ModelName="m",Level="Model",Hostname="x",} 0.5
                        # TYPE WorkerLoadTime gauge
                        WorkerLoadTime{WorkerName="W-9004-m_1",Level="Host",Hostname="x",} 3261
                        # TYPE GPUUtilization gauge
                        GPUUtilization{Level="Host",DeviceId="0",Hostname="x",} 37
                        # TYPE SomethingElse gauge
                        SomethingElse 1
                        """))
                .containsExactlyInAnyOrder(
                        "gauge torchserve.openmetrics.handler_time [endpoint:http://ts-host:8082/metrics, level:Model,"
                                + " model_name:m] host=agent-host = [0.500000]",
                        "gauge torchserve.openmetrics.worker.load_time [endpoint:http://ts-host:8082/metrics, level:Host,"
                                + " worker_name:W-9004-m_1] host=agent-host = [3261.00]",
                        "gauge torchserve.openmetrics.gpu.utilization [DeviceId:0, endpoint:http://ts-host:8082/metrics,"
                                + " level:Host] host=agent-host = [37.0000]");
    }

    @ParameterizedTest(name = "strict {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("O10 O11 extra_metrics in all forms; one of a built-in name wins")
    void o10o11ExtraMetrics(boolean strict) throws Exception {
        assertThat(scraped(strict, """
                        , "extra_metrics": ["own", {"plain": "renamed"}, {"odd": {"name": "even", "type": "gauge"}},
                          "^x_.+", {"HandlerTime": "mine"}]""", """
                        # TYPE own gauge
                        own 1
                        # TYPE plain gauge
                        plain 2
                        odd 3
                        # TYPE x_1 gauge
                        x_1 4
                        # TYPE HandlerTime gauge
                        HandlerTime 5
                        """))
                .containsExactlyInAnyOrder(
                        "gauge torchserve.openmetrics.own [" + END + "[1.00000]",
                        "gauge torchserve.openmetrics.renamed [" + END + "[2.00000]",
                        "gauge torchserve.openmetrics.even [" + END + "[3.00000]",
                        "gauge torchserve.openmetrics.x_1 [" + END + "[4.00000]",
                        "gauge torchserve.openmetrics.mine [" + END + "[5.00000]");
    }

    @ParameterizedTest(name = "strict {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("O14 a family without a type is skipped, and sent as a gauge where that is asked for")
    void o14Untyped(boolean strict) throws Exception {
        assertThat(scraped(strict, ", \"extra_metrics\": [\"bare\", {\"asked\": {\"type\": \"gauge\"}}]", """
                        bare 1
                        asked 2
                        """))
                .containsExactly("gauge torchserve.openmetrics.asked [" + END + "[2.00000]");
    }

    @ParameterizedTest(name = "strict {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("O15 type: counter counts samples with and without _total")
    void o15ForcedCounter(boolean strict) throws Exception {
        String page = "jobs_total %d\nplain %d\n";

        assertThat(scraped(
                        strict,
                        ", \"extra_metrics\": [{\"jobs_total\": {\"type\": \"counter\"}}, {\"plain\": {\"type\": \"counter\"}}]",
                        page.formatted(5, 7),
                        page.formatted(6, 9)))
                .contains("count torchserve.openmetrics.plain.count [" + END + "[2.00000]")
                .anyMatch(line -> line.startsWith("count torchserve.openmetrics.jobs") && line.endsWith("= [1.00000]"));
    }

    @ParameterizedTest(name = "strict {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("M2 M9 M10 M15 the models, the states of workers in numbers, and their tags")
    void m2m9m10m15Workers(boolean strict) throws Exception {
        List<String> lines = described(strict, """
                {"modelName": "m", "modelVersion": "1.0", "modelUrl": "m.mar", "workers": [
                 {"id": "1", "pid": 11, "status": "READY", "gpu": true}, {"id": "2", "pid": 12, "status": "LOADING", "gpu": false},
                 {"id": "3", "pid": 13, "status": "UNLOADING"}, {"id": "4", "pid": 14, "status": "UNKNOWN"},
                 {"id": "5", "pid": 15, "status": "BROKEN"}, {"id": "6", "pid": 16}]}""");

        assertThat(lines)
                .contains("gauge torchserve.management_api.models [" + MANAGED + "] host=agent-host = [1.00000]");
        int[] status = {1, 2, 3, 0, 0, 0};
        int[] gpu = {1, 0, 0, 0, 0, 0};
        for (int worker = 1; worker <= 6; worker++) {
            String tags = " [" + MANAGED + ", model_name:m, model_version:1.0, worker_id:" + worker + ", worker_pid:1"
                    + worker + "] host=agent-host = ";
            assertThat(lines)
                    .contains(
                            "gauge torchserve.management_api.model.worker.status" + tags + "["
                                    + number(status[worker - 1]) + "]",
                            "gauge torchserve.management_api.model.worker.is_gpu" + tags + "[" + number(gpu[worker - 1])
                                    + "]");
        }
    }

    @ParameterizedTest(name = "strict {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("M11 M12 M13 what a description lacks is absent, zero workers, not loaded at startup")
    void m11m12m13Missing(boolean strict) throws Exception {
        String tags = " [" + MANAGED + ", model_name:m, model_version:1.0] host=agent-host = ";

        assertThat(described(strict, "{\"modelVersion\": \"1.0\", \"modelUrl\": \"m.mar\"}"))
                .containsExactlyInAnyOrder(
                        "gauge torchserve.management_api.models [" + MANAGED + "] host=agent-host = [1.00000]",
                        "gauge torchserve.management_api.model.versions [" + MANAGED
                                + ", model_name:m] host=agent-host = [1.00000]",
                        "gauge torchserve.management_api.model.workers.current" + tags + "[0.00000]",
                        "gauge torchserve.management_api.model.is_loaded_at_startup" + tags + "[0.00000]",
                        "gauge torchserve.management_api.model.version.is_default" + tags + "[1.00000]");
    }

    private static String number(int value) {
        return value == 0 ? "0.00000" : value + ".00000";
    }
}
