package tscollector.simulator;

import static tscollector.simulator.Api.INFERENCE;
import static tscollector.simulator.Api.MANAGEMENT;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The management calls of the captured main session, in its order, over HTTP: each answer is the captured one. */
class SessionGoldenTest {
    private final TorchServeSimulator server = CapturedServers.session().start();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void answersTheWholeSessionAsTheRealServerDid() {
        get("/models", "a03-models-one");
        get("/models/linear_regression", "a04-describe-startup");
        register(
                "url=linear_regression_2_0.mar&model_name=linear_regression&initial_workers=1&synchronous=true",
                "a05-register-v2");
        register(
                "url=linear_regression_3_1.mar&model_name=linear_regression&initial_workers=2&synchronous=false",
                "a06-register-v3-async");
        get("/models/linear_regression/2.0", "a09-describe-version");
        put("/models/linear_regression/3.1/set-default", "a10-set-default");
        get("/models/linear_regression", "a11-describe-default");
        put("/models/linear_regression/9.9/set-default", "a12-set-default-missing");
        register("url=chatty.mar&initial_workers=1&synchronous=true", "a13-register-chatty");
        register("url=batcher.mar&synchronous=true", "a14-register-batcher");
        get("/models/batcher", "a15-describe-batcher");
        register("url=describer.mar&initial_workers=1&synchronous=true", "a16-register-describer");
        get("/models/describer/all?customized=true", "a19-describe-all-customized");
        register("url=noop.mar&initial_workers=0", "a20-register-noworkers");
        get("/models/noop", "a21-describe-noworkers");
        send(INFERENCE, "POST", "/predictions/noop", "a22-predict-noworkers");
        get("/models/noop?customized=true", "a23-describe-customized-noworkers");
        register("url=noop.mar&initial_workers=0", "a24-register-dup");
        register("url=nosuch.mar", "a25-register-notfound");
        send(MANAGEMENT, "POST", "/models", "a26-register-nourl");
    }

    @Test
    void scalesAndUnregistersAsTheRealServerDid() {
        server.registerModel(CapturedServers.REGRESSION_3);
        server.setDefaultVersion("linear_regression", "3.1");
        server.registerModel(CapturedServers.CHATTY);
        put("/models/chatty?min_worker=3&synchronous=true", "h01-scale");
        put("/models/chatty?min_worker=1&max_worker=1&synchronous=true", "h02-scale-down");
        put("/models/chatty?min_worker=2&synchronous=false", "h03-scale-async");
        put("/models/chatty?min_worker=3&max_worker=1", "h04-scale-bad");
        send(MANAGEMENT, "DELETE", "/models/linear_regression", "h06-delete-default");
        send(MANAGEMENT, "DELETE", "/models/linear_regression/1.0", "h07-delete-version");
        send(MANAGEMENT, "DELETE", "/models/chatty", "h08-delete-model");
        send(MANAGEMENT, "DELETE", "/models/chatty", "h10-delete-again");
        send(MANAGEMENT, "DELETE", "/models/sla%2Fsh", "f05-delete-slash");
    }

    @Test
    void showsCustomMetadataWithAnEmptyReasonPhrase() {
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("name", "x");
        input.put("dtype", "FP32");
        input.put("shape", List.of(-1, 1));
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("inputs", List.of(input));
        metadata.put("note", "from describe_handle");
        useWorkerIds(6);
        server.registerModel(CapturedServers.DESCRIBER.withMetadata(metadata));

        get("/models/describer?customized=true", "a17-describe-customized");
    }

    private void useWorkerIds(int next) {
        for (int id = 1; id < next; id++) {
            server.registerModel(ModelSettings.of("filler" + id, "1.0", "filler.mar"));
        }
    }

    private void get(String target, String capture) {
        send(MANAGEMENT, "GET", target, capture);
    }

    private void put(String target, String capture) {
        send(MANAGEMENT, "PUT", target, capture);
    }

    private void register(String query, String capture) {
        send(MANAGEMENT, "POST", "/models?" + query, capture);
    }

    private void send(Api api, String method, String target, String capture) {
        Capture.assertSame(RawClient.send(server, api, method, target), "prometheus/" + capture + ".http");
    }
}
