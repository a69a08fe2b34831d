package tscollector.receiver.torchserve;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tscollector.component.BuildContext;
import tscollector.component.Factory;
import tscollector.consumer.Consumers;
import tscollector.exposition.ExpositionLimits;
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
import tscollector.torchserve.management.ModelsConfig;

class TorchServeContractTest implements FactoryContract<TorchServeConfig>, ReceiverContract {
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    @Override
    public Factory<TorchServeConfig> factory() {
        return new TorchServeFactory();
    }

    @Override
    public Set<String> lackingKeys() {
        return Set.of("host");
    }

    @Override
    public Receiver create(BuildContext context, Consumers next) {
        TorchServeConfig config = new TorchServeConfig(
                "ts",
                List.of(),
                TorchServeConfig.Ports.defaults(),
                TorchServeConfig.Scheme.HTTP,
                null,
                Map.of(),
                new ScrapeConfig(INTERVAL, INTERVAL.dividedBy(2), null), // runs lie in the middle of run()
                null,
                ModelsConfig.defaults(),
                OfficialConfig.defaults(),
                HttpClientConfig.defaults(),
                ExpositionLimits.defaults());
        return TorchServeFactory.create(
                context,
                config,
                next,
                () -> new FakeHttp((ManualScheduler) context.scheduler(), TorchServeContractTest::serve));
    }

    private static FakeHttp.Reply serve(HttpAsk ask) {
        return switch (ask.method() + ask.uri().getPath()) {
            case "OPTIONS/" -> Captures.reply("prometheus/c17-options-root-management");
            case "GET/ping" -> Captures.reply("prometheus/a01-ping-healthy");
            case "GET/metrics" -> Captures.reply("prometheus/e01-metrics");
            case "GET/models" -> Captures.reply("prometheus/a03-models-one");
            default -> Captures.reply("prometheus/a08-describe-all");
        };
    }

    @Override
    public void run(TestContext test) {
        test.scheduler().advance(INTERVAL);
    }
}
