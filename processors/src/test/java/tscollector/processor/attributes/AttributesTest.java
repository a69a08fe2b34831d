package tscollector.processor.attributes;

import static org.assertj.core.api.Assertions.assertThat;
import static tscollector.testkit.Batches.attributes;

import java.util.List;
import org.junit.jupiter.api.Test;
import tscollector.component.BuildContext;
import tscollector.config.ConfigValue.Scalar;
import tscollector.consumer.Consumer;
import tscollector.processor.Built;
import tscollector.processor.Processor;
import tscollector.processor.ScrapeRuns;
import tscollector.processor.SuccessiveScrapes;
import tscollector.reshape.ActionConfig;
import tscollector.reshape.ActionConfig.Operation;
import tscollector.signal.LogBatch;
import tscollector.signal.LogRecord;
import tscollector.signal.MetricBatch;
import tscollector.testkit.Batches;
import tscollector.testkit.CollectingConsumer;
import tscollector.testkit.TestContext;

class AttributesTest implements SuccessiveScrapes {
    private static final List<ActionConfig> ACTIONS = List.of(
            new ActionConfig("environment", Operation.UPSERT, new Scalar("production", true), null, null, null),
            new ActionConfig("Hostname", Operation.DELETE, null, null, null, null));
    private static final AttributesConfig CONFIG = new AttributesConfig(ACTIONS, null, null);

    private final TestContext test = new TestContext("attributes");

    @Override
    public Processor<MetricBatch> processor(BuildContext context, Consumer<MetricBatch> next) {
        return Built.metrics(new AttributesFactory(), context, CONFIG, next);
    }

    @Test
    void changesPoints() throws Exception {
        CollectingConsumer<MetricBatch> next = CollectingConsumer.metrics();

        processor(test.build(), next)
                .consume(new Batches().gauge("a", 1, "Hostname", "h", "x", "y").batch());

        assertThat(next.allMetrics().get(0).data().getPoints().iterator().next().getAttributes())
                .isEqualTo(attributes("environment", "production", "x", "y"));
    }

    @Test
    void mergesSeriesThatBecomeEqual() throws Exception {
        processor(test.build(), CollectingConsumer.metrics()).consume(new ScrapeRuns().run(1));

        assertThat(test.telemetry().count("series merged")).isEqualTo(2); // Requests2XX and my_latency
    }

    @Test
    void changesRecordsAndNothingElseOfThem() throws Exception {
        CollectingConsumer<LogBatch> next = CollectingConsumer.logs();
        LogBatch batch = Batches.event("e", "body", "Hostname", "h");

        Built.logs(new AttributesFactory(), test.build(), CONFIG, next).consume(batch);

        LogRecord before = batch.groups().get(0).records().get(0);
        assertThat(next.allRecords()).containsExactly(before.withAttributes(attributes("environment", "production")));
    }

    @Test
    void needsAnAction() {
        assertThat(Built.problems(AttributesConfig.defaults())).containsExactly("actions needs at least one action");
        assertThat(Built.problems(CONFIG)).isEmpty();
    }
}
