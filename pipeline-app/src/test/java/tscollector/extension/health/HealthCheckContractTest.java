package tscollector.extension.health;

import tscollector.component.Factory;
import tscollector.extension.Extension;
import tscollector.testkit.TestContext;
import tscollector.testkit.contract.ExtensionContract;
import tscollector.testkit.contract.FactoryContract;

class HealthCheckContractTest implements FactoryContract<HealthCheckConfig>, ExtensionContract {
    @Override
    public Factory<HealthCheckConfig> factory() {
        return new HealthCheckFactory();
    }

    @Override
    public Extension create(TestContext test) {
        return new HealthCheckFactory().create(context(test), new HealthCheckConfig("localhost:0", "/"));
    }
}
