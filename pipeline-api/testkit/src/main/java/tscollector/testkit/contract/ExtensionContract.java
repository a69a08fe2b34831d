package tscollector.testkit.contract;

import tscollector.extension.Extension;
import tscollector.testkit.TestContext;

/**
 * What an extension promises: the life of a component. Its capabilities have tests of their own.
 *
 * <pre>{@code
 * class HealthCheckContractTest implements FactoryContract<HealthCheckConfig>, ExtensionContract {
 *     @Override
 *     public Factory<HealthCheckConfig> factory() {
 *         return new HealthCheckFactory();
 *     }
 *
 *     @Override
 *     public Extension create(TestContext test) {
 *         return new HealthCheckFactory().create(context(test), new HealthCheckConfig("localhost:0", "/"));
 *     }
 * }
 * }</pre>
 */
public interface ExtensionContract extends ComponentContract {
    @Override
    Extension create(TestContext test) throws Exception;
}
