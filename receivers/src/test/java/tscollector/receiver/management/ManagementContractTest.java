package tscollector.receiver.management;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tscollector.component.BuildContext;
import tscollector.component.Factory;
import tscollector.consumer.Consumers;
import tscollector.kit.http.HttpAsk;
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
import tscollector.torchserve.management.ModelsConfig;

class ManagementContractTest implements FactoryContract<ManagementConfig>, ReceiverContract {
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    @Override
    public Factory<ManagementConfig> factory() {
        return new ManagementFactory();
    }

    @Override
    public Set<String> lackingKeys() {
        return Set.of("endpoint");
    }

    @Override
    public Receiver create(BuildContext context, Consumers next) {
        ManagementConfig config = new ManagementConfig(
                new TargetsConfig("http://ts:8081", List.of(), null, Map.of()),
                new ScrapeConfig(INTERVAL, INTERVAL.dividedBy(2), null), // runs lie in the middle of run()
                null,
                ModelsConfig.defaults(),
                OfficialConfig.defaults(),
                HttpClientConfig.defaults());
        return ManagementFactory.create(
                context,
                config,
                next,
                () -> new FakeHttp((ManualScheduler) context.scheduler(), ManagementContractTest::serve));
    }

    private static FakeHttp.Reply serve(HttpAsk ask) {
        return switch (ask.method() + ask.uri().getPath()) {
            case "OPTIONS/" -> Captures.reply("prometheus/c17-options-root-management");
            case "GET/models" -> Captures.reply("prometheus/a03-models-one");
            default -> Captures.reply("prometheus/a08-describe-all");
        };
    }

    @Override
    public void run(TestContext test) {
        test.scheduler().advance(INTERVAL);
    }
}
