package tscollector.reshape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static tscollector.testkit.Batches.attributes;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.resources.Resource;
import java.lang.ref.WeakReference;
import java.util.List;
import org.junit.jupiter.api.Test;
import tscollector.kit.metric.Form;
import tscollector.signal.Metric;
import tscollector.signal.MetricGroup;
import tscollector.signal.PlanCache;
import tscollector.testkit.Batches;
import tscollector.testkit.RecordingTelemetry;

class GroupPlanTest {
    private final RecordingTelemetry telemetry = new RecordingTelemetry();

    @Test
    void aPlanThatKeepsAllGivesTheGroupItself() {
        MetricGroup group =
                new Batches().gauge("a", 1).counter("b", 2, "x", "y").group();

        GroupPlan plan = GroupPlan.of(group)
                .keep(0)
                .add(1, attributes -> attributes.toBuilder().build())
                .resource(Resource.create(group.resource().getAttributes()))
                .build();

        assertThat(plan.apply(group, telemetry)).isSameAs(group);
    }

    @Test
    void anotherOrderIsAChange() {
        MetricGroup group = new Batches().gauge("a", 1).gauge("b", 2).group();

        MetricGroup out = GroupPlan.of(group).keep(1).keep(0).build().apply(group, telemetry);

        assertThat(out.metrics()).extracting(Metric::name).containsExactly("b", "a");
        assertThat(out.shape()).isNotSameAs(group.shape());
    }

    @Test
    void aPlanThatDropsAllGivesNothing() {
        MetricGroup group = new Batches().gauge("a", 1).group();

        GroupPlan plan = GroupPlan.of(group).add(0, attributes -> null).build();

        assertThat(plan.dropsAll()).isTrue();
        assertThat(plan.apply(group, telemetry)).isNull();
    }

    @Test
    void putsTheGroupUnderAnotherResource() {
        MetricGroup group = new Batches().gauge("a", 1).group();
        Resource other = Resource.create(attributes("x", "y"));

        MetricGroup out = GroupPlan.of(group).keep(0).resource(other).build().apply(group, telemetry);

        assertThat(out.resource()).isSameAs(other);
        assertThat(out.metrics().get(0).data()).isSameAs(group.metrics().get(0).data());
    }

    @Test
    void refusesToJoinAnotherForm() {
        MetricGroup group = new Batches().gauge("a", 1).counter("b", 2).group();
        GroupPlan.Builder plan = GroupPlan.of(group);
        Target a = Target.of(group.metrics().get(0));
        Target b = Target.of(group.metrics().get(1));

        assertThat(plan.join(0, a.as("x", "", "", a.form()), attributes -> attributes))
                .isTrue();
        assertThat(plan.join(1, b.as("x", "", "", b.form()), attributes -> attributes))
                .isFalse();
        assertThat(plan.join(1, b.as("x", "", "", b.form().asGauge()), attributes -> attributes))
                .isTrue();
        assertThat(plan.build().apply(group, telemetry).metrics()).hasSize(1);
    }

    @Test
    void readsCountersAsGaugesAndBack() {
        MetricGroup group = new Batches().counter("b", 2).group();
        Target target = Target.of(group.metrics().get(0));
        GroupPlan.Builder plan = GroupPlan.of(group);
        plan.join(0, target.as("g", "", "", target.form().asGauge()), attributes -> attributes);
        plan.join(0, target.as("c", "", "", target.form().asGauge().asCounter()), attributes -> attributes);

        MetricGroup out = plan.build().apply(group, telemetry);

        assertThat(out.metrics())
                .extracting(Metric::type)
                .containsExactly(MetricDataType.DOUBLE_GAUGE, MetricDataType.DOUBLE_SUM);
        assertThat(out.metrics().get(1).data()).isSameAs(group.metrics().get(0).data());
    }

    @Test
    void keepsNeitherTheGroupNorItsShapeAlive() throws Exception {
        PlanCache<GroupPlan> plans = new PlanCache<>();
        WeakReference<MetricGroup> group = planFor(plans);

        // The collector clears the references, and a thread of the machine's queues them some time later.
        await().untilAsserted(() -> {
            System.gc();
            assertThat(group.get()).isNull();
            assertThat(plans.size()).isZero();
        });
    }

    private WeakReference<MetricGroup> planFor(PlanCache<GroupPlan> plans) {
        MetricGroup group = new Batches().gauge("a", 1, "x", "1").group();
        plans.planFor(
                        group,
                        first -> GroupPlan.of(first)
                                .add(0, attributes -> attributes("x", "2"))
                                .build())
                .apply(group, telemetry);
        return new WeakReference<>(group);
    }

    @Test
    void movesAMetricToAnotherScopeAndWorksItsPointsOutAnew() {
        MetricGroup group = new Batches().gauge("a", 1).gauge("b", 2).group();
        InstrumentationScopeInfo scope = InstrumentationScopeInfo.create("other");
        Target target = Target.of(group.metrics().get(0)).as("c", "", "", Form.LONG_GAUGE);
        GroupPlan.Builder plan = GroupPlan.of(group).scope(scope);
        PointChange twice = (point, attributes) -> LongPointData.create(
                point.getStartEpochNanos(),
                point.getEpochNanos(),
                attributes,
                2 * (long) ((DoublePointData) point).getValue());

        assertThat(plan.join(0, target, List.of(attributes("x", "y")), twice)).isTrue();
        assertThat(plan.join(1, target, List.of(attributes("x", "y")), twice)).isTrue();
        MetricGroup out = plan.build().apply(group, telemetry);

        assertThat(out.scope()).isSameAs(scope);
        assertThat(out.metrics()).hasSize(1);
        assertThat(out.metrics().get(0).type()).isEqualTo(MetricDataType.LONG_GAUGE);
        assertThat(out.metrics().get(0).data().getPoints())
                .singleElement()
                .isInstanceOfSatisfying(
                        LongPointData.class,
                        point -> assertThat(point.getValue()).isEqualTo(4));
        assertThat(telemetry.count(GroupPlan.MERGED)).isEqualTo(1);
    }

    @Test
    void aChangeThatKeepsTheFormIsNotTakenForNone() {
        MetricGroup group = new Batches().gauge("a", 1).group();
        PointChange zero = (point, attributes) ->
                DoublePointData.create(point.getStartEpochNanos(), point.getEpochNanos(), attributes, 0, List.of());

        MetricGroup out = GroupPlan.of(group)
                .add(0, List.of(Attributes.empty()), zero)
                .build()
                .apply(group, telemetry);

        assertThat(((DoublePointData) out.metrics()
                                .get(0)
                                .data()
                                .getPoints()
                                .iterator()
                                .next())
                        .getValue())
                .isZero();
    }
}
