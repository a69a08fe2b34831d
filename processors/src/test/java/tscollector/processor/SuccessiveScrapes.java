package tscollector.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.PointData;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tscollector.component.BuildContext;
import tscollector.consumer.Consumer;
import tscollector.signal.Metric;
import tscollector.signal.MetricBatch;
import tscollector.signal.MetricGroup;
import tscollector.testkit.CollectingConsumer;
import tscollector.testkit.TestContext;
import tscollector.testkit.contract.IdentityLaw;

/**
 * What every metric processor keeps when a target is scraped again and again: the identity law, each run's own values, Resources
 * that groups share, and series that are one each. A test class implements this and says how its processor is built.
 */
public interface SuccessiveScrapes {
    /** A processor that changes something of {@link ScrapeRuns}, and lets something of it pass. */
    Processor<MetricBatch> processor(BuildContext context, Consumer<MetricBatch> next);

    @Test
    default void theSameShapeInGivesTheSameShapeOut() throws Exception {
        ScrapeRuns target = new ScrapeRuns();

        List<MetricBatch> out = pass(target.run(1), target.run(2), target.run(3));

        assertThat(out).hasSize(3);
        IdentityLaw.check(out.subList(0, 1), out.subList(1, 2));
        IdentityLaw.check(out.subList(1, 2), out.subList(2, 3));
    }

    @Test
    default void onlyValuesDiffer() throws Exception {
        ScrapeRuns target = new ScrapeRuns();

        List<MetricBatch> out = pass(target.run(1), target.run(2));

        List<PointData> first = points(out.get(0));
        List<PointData> second = points(out.get(1));
        assertThat(first)
                .isNotEmpty()
                .allSatisfy(point -> assertThat(point.getEpochNanos()).isEqualTo(ScrapeRuns.timeOf(1)));
        assertThat(second).allSatisfy(point -> assertThat(point.getEpochNanos()).isEqualTo(ScrapeRuns.timeOf(2)));
        for (int i = 0; i < first.size(); i++) {
            if (first.get(i) instanceof DoublePointData before && second.get(i) instanceof DoublePointData after) {
                assertThat(after.getValue()).isEqualTo(2 * before.getValue());
            }
        }
    }

    @Test
    default void anotherTargetHasShapesOfItsOwn() throws Exception {
        List<MetricBatch> out = pass(new ScrapeRuns().run(1), new ScrapeRuns().run(1));

        for (MetricGroup group : out.get(0).groups()) {
            assertThat(out.get(1).groups()).noneMatch(other -> other.shape() == group.shape());
        }
    }

    @Test
    default void groupsThatSharedAResourceStillDo() throws Exception {
        List<MetricGroup> groups = pass(new ScrapeRuns().run(1)).get(0).groups();

        assertThat(groups).allMatch(group -> group.resource() == groups.get(0).resource());
    }

    @Test
    default void noTwoPointsOfAMetricAreOneSeries() throws Exception {
        for (MetricGroup group : pass(new ScrapeRuns().run(1)).get(0).groups()) {
            assertThat(group.metrics()).extracting(Metric::name).doesNotHaveDuplicates();
            for (Metric metric : group.metrics()) {
                assertThat(metric.data().getPoints())
                        .as(metric.name())
                        .extracting(PointData::getAttributes)
                        .doesNotHaveDuplicates();
            }
        }
    }

    private List<MetricBatch> pass(MetricBatch... batches) throws Exception {
        CollectingConsumer<MetricBatch> next = CollectingConsumer.metrics();
        Processor<MetricBatch> processor = processor(new TestContext("processor").build(), next);
        for (MetricBatch batch : batches) {
            processor.consume(batch);
        }
        return next.batches();
    }

    private static List<PointData> points(MetricBatch batch) {
        List<PointData> points = new ArrayList<>();
        for (MetricGroup group : batch.groups()) {
            for (Metric metric : group.metrics()) {
                points.addAll(metric.data().getPoints());
            }
        }
        return points;
    }
}
