package tscollector.exporter.sdk;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import tscollector.component.BuildContext;
import tscollector.component.Component;
import tscollector.exporter.Exporter;
import tscollector.kit.delivery.DeliveryConfig;
import tscollector.signal.Signal;
import tscollector.testkit.TestContext;
import tscollector.testkit.contract.ComponentContract;
import tscollector.testkit.contract.FactoryContract;

class SdkContractTest implements FactoryContract<SdkConfig>, ComponentContract {
    @Override
    public SdkFactory factory() {
        return new SdkFactory();
    }

    @Override
    public Component create(TestContext test) throws Exception {
        return exporter(test.build());
    }

    private Exporter exporter(BuildContext context) throws Exception {
        SdkConfig config = new SdkConfig("recording", Map.of(), Duration.ofSeconds(1), DeliveryConfig.defaults());
        return factory().create(context, config, Set.of(Signal.METRICS, Signal.LOGS));
    }
}
