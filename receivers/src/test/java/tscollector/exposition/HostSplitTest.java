package tscollector.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.resources.Resource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tscollector.signal.MetricGroup;
import tscollector.torchserve.OfficialConfig;
import tscollector.torchserve.SeriesBudget;

class HostSplitTest {
    private static final String BODY = """
            # TYPE c counter
            c{node="a"} 1
            c{node="b"} 2
            c 3
            g{node="a"} 4
            g{node=""} 5
            """;

    @Test
    @DisplayName("O24: a group a host; what has no label, or an empty one, stays with the default host")
    void givesEachHostAGroupOfItsOwn() {
        List<MetricGroup> groups = read(tables("node", null), BODY);

        assertThat(groups).extracting(HostSplitTest::host).containsExactly("a", "b", null);
        assertThat(Tables.points(groups.get(0))).containsExactly("c{node=\"a\"} 1.0", "g{node=\"a\"} 4.0");
        assertThat(Tables.points(groups.get(1))).containsExactly("c{node=\"b\"} 2.0");
        assertThat(Tables.points(groups.get(2))).containsExactly("c 3.0", "g{node=\"\"} 5.0");
        assertThat(groups.get(2).resource()).isSameAs(Tables.RESOURCE);
    }

    @Test
    @DisplayName("O24: hostname_format")
    void formatsTheHost() {
        assertThat(read(tables("node", "m-<HOSTNAME>.x"), BODY))
                .extracting(HostSplitTest::host)
                .containsExactly("m-a.x", "m-b.x", null, "m-.x");
    }

    @Test
    void resourcesAndShapesStayWhileSeriesStay() {
        Tables target = tables("node", null);
        List<MetricGroup> first = read(target, BODY);
        List<MetricGroup> second = read(target, BODY.replace(" 1\n", " 7\n"));
        List<MetricGroup> third = read(target, BODY + "g{node=\"z\"} 1\n");

        for (int i = 0; i < 3; i++) {
            assertThat(second.get(i).shape()).isSameAs(first.get(i).shape());
            assertThat(second.get(i).resource()).isSameAs(first.get(i).resource());
            assertThat(third.get(i).resource()).isSameAs(first.get(i).resource());
        }
        assertThat(Tables.timedPoints(third.get(0))).contains("c{node=\"a\"} 2-3 1.0"); // 7 fell to 1
        assertThat(Tables.timedPoints(third.get(1))).containsExactly("c{node=\"b\"} 1-3 2.0"); // known since the first
    }

    @Test
    void aNewResourceOfTheTargetIsThatOfEachHost() {
        Tables target = tables("node", null);
        read(target, BODY);
        Resource other =
                Resource.create(io.opentelemetry.api.common.Attributes.of(OfficialConfig.TAGS, List.of("a:b")));

        List<MetricGroup> groups =
                target.read(BODY.getBytes(StandardCharsets.UTF_8), other).groups();

        assertThat(groups)
                .allSatisfy(group -> assertThat(group.resource().getAttribute(OfficialConfig.TAGS))
                        .containsExactly("a:b"));
        assertThat(host(groups.get(0))).isEqualTo("a");
    }

    @Test
    void hostsOverTheLimitAreCountedAndStayWithTheDefault() {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < LayoutPlanner.MOST_HOSTS + 10; i++) {
            body.append("g{node=\"").append(i).append("\"} 1\n");
        }

        Reading reading = tables("node", null).read(body.toString().getBytes(StandardCharsets.UTF_8));

        assertThat(reading.groups()).hasSize(LayoutPlanner.MOST_HOSTS + 1);
        assertThat(reading.left()).containsEntry(LayoutPlanner.TOO_MANY_HOSTS, 10);
        assertThat(reading.groups().stream().mapToInt(MetricGroup::pointCount).sum())
                .isEqualTo(LayoutPlanner.MOST_HOSTS + 10);
    }

    private static @Nullable String host(MetricGroup group) {
        return group.resource().getAttribute(OfficialConfig.HOST_NAME);
    }

    private static List<MetricGroup> read(Tables target, String body) {
        return new ArrayList<>(
                target.read(body.getBytes(StandardCharsets.UTF_8)).groups());
    }

    private static Tables tables(String label, @Nullable String format) {
        ExpositionConfig config = new ExpositionConfig(List.of(), false, false, true, true, label, format);
        return new Tables(
                new ExpositionOptions(Tables.LIMITS, config, HistogramConfig.defaults(), OfficialConfig.defaults()),
                new SeriesBudget(Long.MAX_VALUE));
    }
}
