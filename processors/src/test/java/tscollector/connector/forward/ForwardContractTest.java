package tscollector.connector.forward;

import tscollector.component.Factory;
import tscollector.testkit.contract.FactoryContract;

class ForwardContractTest implements FactoryContract<ForwardConfig> {
    @Override
    public Factory<ForwardConfig> factory() {
        return new ForwardFactory();
    }
}
