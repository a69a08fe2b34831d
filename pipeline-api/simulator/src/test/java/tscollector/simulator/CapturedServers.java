package tscollector.simulator;

/** Simulators in the states in which the captures were taken. */
final class CapturedServers {
    static final ModelSettings REGRESSION_1 = ModelSettings.of("linear_regression", "1.0", "linear_regression_1_0.mar");
    static final ModelSettings REGRESSION_2 = ModelSettings.of("linear_regression", "2.0", "linear_regression_2_0.mar");
    static final ModelSettings REGRESSION_3 = ModelSettings.of("linear_regression", "3.1", "linear_regression_3_1.mar")
            .withWorkers(2, 2);
    static final ModelSettings CHATTY = ModelSettings.of("chatty", "1.0", "chatty.mar");
    static final ModelSettings BATCHER = ModelSettings.of("batcher", "1.0", "batcher.mar")
            .withWorkers(1, 2)
            .withBatch(4, 200)
            .withTimeouts(5, 30, 20)
            .withJobQueueSize(3);
    static final ModelSettings DESCRIBER = ModelSettings.of("describer", "1.0", "describer.mar");
    static final ModelSettings NOOP =
            ModelSettings.of("noop", "1.0", "noop.mar").withWorkers(0, 0);

    private CapturedServers() {}

    /** The session prometheus/ with the metrics.yaml of config/ and every archive at hand. */
    static TorchServeSimulatorBuilder session() {
        return TorchServeSimulator.builder()
                .modelApi()
                .model(REGRESSION_1)
                .archive(REGRESSION_2)
                .archive(REGRESSION_3)
                .archive(CHATTY)
                .archive(BATCHER)
                .archive(DESCRIBER)
                .archive(NOOP.withWorkers(1, 1))
                .metric(MetricKind.COUNTER, "InitializeCallCount", "count", "ModelName", "Level")
                .metric(MetricKind.COUNTER, "HandlerMethodCount", "count", "MethodName", "ModelName", "Level")
                .metric(MetricKind.COUNTER, "ExampleCounter", "count", "ModelName", "Level")
                .metric(MetricKind.COUNTER, "ExampleError", "unit", "Level")
                .metric(MetricKind.GAUGE, "SizeOfInput", "kB", "ModelName", "Level")
                .metric(MetricKind.GAUGE, "ExamplePercent", "percent", "ModelName", "Level")
                .metric(MetricKind.GAUGE, "ExampleSeconds", "s", "ModelName", "Level")
                .metric(MetricKind.GAUGE, "PlainGauge", "my unit", "First", "Second")
                .metric(MetricKind.HISTOGRAM, "ExampleHistogram", "s", "Language", "ModelName", "Level");
    }

    /** The models of the captures c01 to e13: three versions, chatty, batcher, describer and noop without workers. */
    static TorchServeSimulator busy() {
        TorchServeSimulator server = session().start();
        server.registerModel(REGRESSION_2);
        server.registerModel(REGRESSION_3);
        server.setDefaultVersion("linear_regression", "3.1");
        server.registerModel(CHATTY);
        server.registerModel(BATCHER);
        server.registerModel(DESCRIBER);
        server.registerModel(NOOP);
        return server;
    }
}
