package tscollector.processor.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.resources.Resource;
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

class ResourceTest implements SuccessiveScrapes {
    private static final AttributeKey<String> ENVIRONMENT = AttributeKey.stringKey("deployment.environment.name");
    private static final ResourceConfig CONFIG = new ResourceConfig(List.of(new ActionConfig(
            ENVIRONMENT.getKey(), Operation.UPSERT, new Scalar("production", true), null, null, null)));

    private final TestContext test = new TestContext("resource");

    @Override
    public Processor<MetricBatch> processor(BuildContext context, Consumer<MetricBatch> next) {
        return Built.metrics(new ResourceFactory(), context, CONFIG, next);
    }

    @Test
    void changesTheResourceOfMetricsAndReusesTheirData() throws Exception {
        CollectingConsumer<MetricBatch> next = CollectingConsumer.metrics();
        MetricBatch batch = new ScrapeRuns().run(1);

        processor(test.build(), next).consume(batch);

        assertThat(next.last().groups().get(0).resource().getAttribute(ENVIRONMENT))
                .isEqualTo("production");
        assertThat(next.allMetrics().get(0).data())
                .isSameAs(batch.groups().get(0).metrics().get(0).data());
    }

    @Test
    void passesTheSameBatchWhenNothingChanges() throws Exception {
        CollectingConsumer<MetricBatch> next = CollectingConsumer.metrics();
        ResourceConfig update = new ResourceConfig(
                List.of(new ActionConfig("absent", Operation.UPDATE, new Scalar("x", true), null, null, null)));
        MetricBatch batch = new ScrapeRuns().run(1);

        Built.metrics(new ResourceFactory(), test.build(), update, next).consume(batch);

        assertThat(next.last()).isSameAs(batch);
    }

    @Test
    void changesTheResourceOfRecords() throws Exception {
        CollectingConsumer<LogBatch> next = CollectingConsumer.logs();
        LogBatch batch = Batches.event("e", "body");

        Built.logs(new ResourceFactory(), test.build(), CONFIG, next).consume(batch);

        LogRecord after = next.allRecords().get(0);
        assertThat(after.resource().getAttribute(ENVIRONMENT)).isEqualTo("production");
        assertThat(after.withResource(batch.groups().get(0).resource()))
                .isEqualTo(batch.groups().get(0).records().get(0));
    }

    @Test
    void makesOneInstancePerResource() {
        ChangedResources resources = new ChangedResources(CONFIG.attributes());
        Resource before = Resource.create(Batches.attributes("a", "b"));

        Resource after = resources.of(before);

        assertThat(resources.of(before)).isSameAs(after);
        assertThat(resources.of(after)).isSameAs(after);
    }

    @Test
    void needsAnAction() {
        assertThat(Built.problems(ResourceConfig.defaults())).containsExactly("attributes needs at least one action");
    }
}
