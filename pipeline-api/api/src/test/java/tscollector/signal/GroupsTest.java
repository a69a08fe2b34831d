package tscollector.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tscollector.signal.Samples.RESOURCE;
import static tscollector.signal.Samples.SCOPE;
import static tscollector.signal.Samples.gauge;
import static tscollector.signal.Samples.group;
import static tscollector.signal.Samples.logRecord;
import static tscollector.signal.Samples.resource;

import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupsTest {
    /** Equal to what the groups use, and another object. */
    private final Resource equalResource = resource("host:8080");

    private final InstrumentationScopeInfo equalScope = InstrumentationScopeInfo.create("test");

    @Test
    void countsPointsOfMetricsAndRecordsOfLogs() {
        assertThat(group(1, 3, 2).pointCount()).isEqualTo(6);
        assertThat(new MetricBatch(List.of(group(1, 3), group(5))).itemCount()).isEqualTo(9);

        LogRecord line = logRecord(RESOURCE, SCOPE, "");
        LogGroup two = new LogGroup(RESOURCE, SCOPE, List.of(line, line));
        assertThat(new LogBatch(List.of(two, two, two)).itemCount()).isEqualTo(6);
    }

    @Test
    void refusesMetricsWhoseResourceIsOnlyEqual() {
        assertThat(equalResource).isEqualTo(RESOURCE).isNotSameAs(RESOURCE);
        List<Metric> metrics = List.of(gauge(RESOURCE, SCOPE, "a", 1), gauge(equalResource, SCOPE, "b", 1));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> MetricGroup.of(RESOURCE, SCOPE, metrics, new Shape()))
                .withMessage("metric b does not share the resource and scope instance of its group");
    }

    @Test
    void refusesMetricsWhoseScopeIsOnlyEqual() {
        List<Metric> metrics = List.of(gauge(RESOURCE, equalScope, "a", 1));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> MetricGroup.of(RESOURCE, SCOPE, metrics, new Shape()))
                .withMessageStartingWith("metric a ");
    }

    @Test
    void refusesRecordsOfAnotherResourceOrScope() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LogGroup(RESOURCE, SCOPE, List.of(logRecord(equalResource, SCOPE, ""))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LogGroup(RESOURCE, SCOPE, List.of(logRecord(RESOURCE, equalScope, ""))));
    }

    @Test
    void refusesToBeEmpty() {
        assertThatIllegalArgumentException().isThrownBy(() -> group()).withMessage("a group has at least one point");
        assertThatIllegalArgumentException().isThrownBy(() -> group(0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new LogGroup(RESOURCE, SCOPE, List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MetricBatch(List.of()))
                .withMessage("a batch has at least one group");
        assertThatIllegalArgumentException().isThrownBy(() -> new LogBatch(List.of()));
    }

    @Test
    void doesNotChangeWithTheListsItWasGiven() {
        List<Metric> metrics = new ArrayList<>(List.of(gauge(RESOURCE, SCOPE, "a", 1)));
        MetricGroup group = MetricGroup.of(RESOURCE, SCOPE, metrics, new Shape());
        List<MetricGroup> groups = new ArrayList<>(List.of(group));
        MetricBatch batch = new MetricBatch(groups);
        List<LogRecord> lines = new ArrayList<>(List.of(logRecord(RESOURCE, SCOPE, "")));
        LogGroup logs = new LogGroup(RESOURCE, SCOPE, lines);
        metrics.clear();
        groups.clear();
        lines.clear();

        assertThat(batch.itemCount()).isEqualTo(1);
        assertThat(logs.records()).hasSize(1);
        assertThatThrownBy(() -> group.metrics().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> batch.groups().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void keepsTheShapeItWasGiven() {
        Shape shape = new Shape();
        MetricGroup group = MetricGroup.of(RESOURCE, SCOPE, List.of(gauge(RESOURCE, SCOPE, "a", 2)), shape);

        assertThat(group.shape()).isSameAs(shape);
        assertThat(group.resource()).isSameAs(RESOURCE);
        assertThat(group.scope()).isSameAs(SCOPE);
        assertThat(group).hasToString("MetricGroup[test, 1 metrics, 2 points]");
        assertThat(shape).isNotEqualTo(new Shape());
    }
}
