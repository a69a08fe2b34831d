package tscollector.exporter.otlp;

import io.opentelemetry.sdk.common.Clock;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import tscollector.component.BuildContext;
import tscollector.exporter.Exporter;
import tscollector.signal.Signal;
import tscollector.testkit.TestContext;
import tscollector.testkit.contract.ExporterContract;
import tscollector.testkit.contract.FactoryContract;

class OtlpGrpcContractTest implements FactoryContract<OtlpGrpcConfig>, ExporterContract {
    private final RealThreads threads = new RealThreads();

    @AfterEach
    void endThreads() {
        threads.close();
    }

    @Override
    public OtlpGrpcFactory factory() {
        return new OtlpGrpcFactory();
    }

    @Override
    public Exporter create(BuildContext context) throws Exception {
        OtlpGrpcConfig d = OtlpGrpcConfig.defaults();
        OtlpGrpcConfig config = new OtlpGrpcConfig(
                "http://127.0.0.1:1", // nobody listens at tcpmux
                d.compression(),
                d.headers(),
                d.timeout(),
                d.tls(),
                null,
                d.delivery());
        return factory().create(context, config, Set.of(Signal.METRICS));
    }

    @Override
    public BuildContext context(TestContext test) {
        return test.build(threads, Clock.getDefault());
    }
}
