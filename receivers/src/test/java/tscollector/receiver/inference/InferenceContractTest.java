package tscollector.receiver.inference;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tscollector.component.BuildContext;
import tscollector.component.Factory;
import tscollector.consumer.Consumers;
import tscollector.kit.http.HttpClientConfig;
import tscollector.kit.scrape.ScrapeConfig;
import tscollector.receiver.Receiver;
import tscollector.testkit.ManualScheduler;
import tscollector.testkit.TestContext;
import tscollector.testkit.contract.FactoryContract;
import tscollector.testkit.contract.ReceiverContract;
import tscollector.torchserve.Captures;
import tscollector.torchserve.FakeHttp;
import tscollector.torchserve.OfficialConfig;
import tscollector.torchserve.TargetsConfig;

class InferenceContractTest implements FactoryContract<InferenceConfig>, ReceiverContract {
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    @Override
    public Factory<InferenceConfig> factory() {
        return new InferenceFactory();
    }

    @Override
    public Set<String> lackingKeys() {
        return Set.of("endpoint");
    }

    @Override
    public Receiver create(BuildContext context, Consumers next) {
        InferenceConfig config = new InferenceConfig(
                new TargetsConfig("http://ts:8080", List.of(), null, Map.of()),
                new ScrapeConfig(INTERVAL, INTERVAL.dividedBy(2), null), // runs lie in the middle of run()
                OfficialConfig.defaults(),
                HttpClientConfig.defaults());
        return InferenceFactory.create(
                context,
                config,
                next,
                () -> new FakeHttp(
                        (ManualScheduler) context.scheduler(), ask -> Captures.reply("prometheus/a01-ping-healthy")));
    }

    @Override
    public void run(TestContext test) {
        test.scheduler().advance(INTERVAL);
    }
}
