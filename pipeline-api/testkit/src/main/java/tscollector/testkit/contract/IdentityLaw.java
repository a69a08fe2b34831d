package tscollector.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.metrics.data.PointData;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import tscollector.signal.Metric;
import tscollector.signal.MetricBatch;
import tscollector.signal.MetricGroup;

/**
 * The law of {@link tscollector.signal.Shape}: while nothing but values changes, a group's shape is the same object, and with it
 * Resource, scope, names, {@code Attributes} instances and their order.
 */
public final class IdentityLaw {
    private IdentityLaw() {}

    /**
     * Checks what one component made of two inputs that differ in values alone.
     *
     * @throws AssertionError that names what is not the same
     */
    public static void check(List<MetricBatch> before, List<MetricBatch> after) {
        List<MetricGroup> first = groups(before);
        List<MetricGroup> second = groups(after);
        assertThat(second).as("groups: values must not decide membership").hasSameSizeAs(first);
        for (int i = 0; i < first.size(); i++) {
            checkGroup(first.get(i), second.get(i));
        }
    }

    private static void checkGroup(MetricGroup before, MetricGroup after) {
        assertThat(after.shape()).as("shape of %s", after).isSameAs(before.shape());
        assertThat(after.resource()).as("resource of %s", after).isSameAs(before.resource());
        assertThat(after.scope()).as("scope of %s", after).isSameAs(before.scope());
        assertThat(after.metrics().stream().map(IdentityLaw::identity))
                .as("metrics of %s", after)
                .containsExactlyElementsOf(
                        before.metrics().stream().map(IdentityLaw::identity).toList());
        for (int i = 0; i < before.metrics().size(); i++) {
            checkPoints(before.metrics().get(i), after.metrics().get(i));
        }
    }

    private static void checkPoints(Metric before, Metric after) {
        assertThat(after.pointCount()).as("points of %s", after.name()).isEqualTo(before.pointCount());
        Iterator<? extends PointData> points = after.data().getPoints().iterator();
        for (PointData point : before.data().getPoints()) {
            assertThat(points.next().getAttributes())
                    .as("the Attributes instance of a point of %s", after.name())
                    .isSameAs(point.getAttributes());
        }
    }

    /** Everything of a metric that its group's shape stands for. */
    private static List<Object> identity(Metric metric) {
        return List.of(
                metric.name(),
                metric.unit(),
                metric.description(),
                metric.type(),
                metric.family(),
                String.valueOf(metric.exposedType()));
    }

    private static List<MetricGroup> groups(List<MetricBatch> batches) {
        List<MetricGroup> groups = new ArrayList<>();
        batches.forEach(batch -> groups.addAll(batch.groups()));
        return groups;
    }
}
