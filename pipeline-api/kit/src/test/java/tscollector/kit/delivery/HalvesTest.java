package tscollector.kit.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import tscollector.signal.LogBatch;
import tscollector.signal.MetricBatch;
import tscollector.signal.MetricGroup;
import tscollector.signal.Signal;
import tscollector.testkit.Batches;

class HalvesTest {
    @Test
    void severalGroupsStayWhole() {
        MetricGroup a = new Batches().gauge("a", 1).gauge("b", 2).group();
        MetricGroup b = new Batches().gauge("c", 1).group();
        MetricGroup c = new Batches().gauge("d", 1).group();

        List<MetricBatch> halves = Halves.of(Signal.METRICS, new MetricBatch(List.of(a, b, c)));

        assertThat(halves.get(0).groups()).containsExactly(a);
        assertThat(halves.get(1).groups()).containsExactly(b, c);
    }

    @Test
    void oneGroupIsCutBetweenItems() {
        MetricBatch batch =
                new Batches().gauge("a", 1).gauge("b", 2).gauge("c", 3).batch();

        List<MetricBatch> halves = Halves.of(Signal.METRICS, batch);

        assertThat(halves).extracting(MetricBatch::itemCount).containsExactly(1, 2);
        assertThat(halves.get(1).groups().get(0).metrics())
                .extracting(metric -> metric.name())
                .containsExactly("b", "c");
    }

    @Test
    void aSingleItemHasNone() {
        LogBatch single = Batches.event("a", "b");

        assertThatThrownBy(() -> Halves.of(Signal.LOGS, single)).isInstanceOf(IllegalArgumentException.class);
    }
}
