package tscollector.exporter.datadog;

import io.opentelemetry.sdk.common.Clock;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import tscollector.component.BuildContext;
import tscollector.exporter.Exporter;
import tscollector.signal.Signal;
import tscollector.testkit.TestContext;
import tscollector.testkit.contract.ExporterContract;
import tscollector.testkit.contract.FactoryContract;

class DatadogContractTest implements FactoryContract<DatadogConfig>, ExporterContract {
    private final RealThreads threads = new RealThreads();

    @AfterEach
    void endThreads() {
        threads.close();
    }

    @Override
    public DatadogFactory factory() {
        return new DatadogFactory();
    }

    @Override
    public Set<String> lackingKeys() {
        return Set.of("api.key"); // or api.key_file
    }

    @Override
    public Exporter create(BuildContext context) throws Exception {
        DatadogConfig config = Settings.of("metrics: {endpoint: 'http://127.0.0.1:1'}"); // nobody listens at tcpmux
        return factory().create(context, config, Set.of(Signal.METRICS));
    }

    @Override
    public BuildContext context(TestContext test) {
        return test.build(threads, Clock.getDefault());
    }
}
