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

class OtlpHttpContractTest implements FactoryContract<OtlpHttpConfig>, ExporterContract {
    private final RealThreads threads = new RealThreads();

    @AfterEach
    void endThreads() {
        threads.close();
    }

    @Override
    public OtlpHttpFactory factory() {
        return new OtlpHttpFactory();
    }

    @Override
    public Set<String> lackingKeys() {
        return Set.of("endpoint"); // unless both addresses of the signals are set
    }

    @Override
    public Exporter create(BuildContext context) throws Exception {
        OtlpHttpConfig d = OtlpHttpConfig.defaults();
        OtlpHttpConfig config = new OtlpHttpConfig(
                "http://127.0.0.1:1", // nobody listens at tcpmux
                null,
                null,
                d.encoding(),
                d.compression(),
                d.headers(),
                d.timeout(),
                d.tls(),
                null,
                null,
                null,
                null,
                null,
                d.delivery());
        return factory().create(context, config, Set.of(Signal.METRICS));
    }

    @Override
    public BuildContext context(TestContext test) {
        return test.build(threads, Clock.getDefault());
    }
}
