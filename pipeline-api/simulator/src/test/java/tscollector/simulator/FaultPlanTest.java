package tscollector.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultPlanTest {
    private static final Fault HANG = new Fault.Hang();
    private static final Fault RESET = new Fault.ResetAtOnce();

    private final FaultPlan plan = new FaultPlan();

    @Test
    void hasNothingForARequestThatNobodyScripted() {
        plan.add(Api.METRICS, "/metrics", HANG, 1);

        assertThat(plan.take(Api.INFERENCE, request("/metrics"))).isNull();
        assertThat(plan.take(Api.METRICS, request("/other"))).isNull();
    }

    @Test
    void usesUpAFaultAndComesToTheNext() {
        plan.add(Api.METRICS, "/metrics", HANG, 2);
        plan.add(Api.METRICS, "/metrics", RESET, 1);

        assertThat(take("/metrics")).isSameAs(HANG);
        assertThat(take("/metrics")).isSameAs(HANG);
        assertThat(take("/metrics")).isSameAs(RESET);
        assertThat(take("/metrics")).isNull();
    }

    @Test
    void keepsAFaultUntilCleared() {
        plan.add(Api.METRICS, "/metrics", HANG, FaultPlan.UNTIL_CLEARED);
        for (int i = 0; i < 100; i++) {
            assertThat(take("/metrics")).isSameAs(HANG);
        }
        plan.clear();

        assertThat(take("/metrics")).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "/metrics, /metrics, true",
        "/metrics, /metrics?name[]=x, true",
        "/metrics, /metrics/x, false",
        "/metrics?a=1, /metrics?a=1, true",
        "/metrics?a=1, /metrics?a=2, false",
        "/metrics?a=1, /metrics, false",
        "/metrics*, /metrics/x?y, true",
        "/metrics*, /metric, false",
        "*, /anything, true",
        "/models/a%20b, /models/a%20b/all, false",
        "/models/a%20b, /models/a%20b, true",
    })
    void matchesTargets(String path, String target, boolean matches) {
        plan.add(Api.METRICS, path, HANG, 1);

        assertThat(take(target) != null).isEqualTo(matches);
    }

    @Test
    void waitsForThePageOfAFault() {
        plan.add(Api.METRICS, "/models", new Fault.FromPage(100, RESET), 1);

        assertThat(take("/models")).isNull();
        assertThat(take("/models?next_page_token=99")).isNull();
        assertThat(take("/models?next_page_token=junk")).isNull();
        assertThat(take("/models?next_page_token=200")).isSameAs(RESET);
        assertThat(take("/models?next_page_token=200")).isNull();
    }

    @Test
    void replacesAReplayOfTheSamePath() {
        Answer first = Answer.json(200, "1", Map.of());
        Answer second = Answer.json(200, "2", Map.of());
        plan.replay(Api.METRICS, "/metrics", first);
        plan.replay(Api.METRICS, "/metrics", second);
        plan.replay(Api.METRICS, "/other*", first);

        assertThat(plan.replayed(Api.METRICS, request("/metrics"))).isSameAs(second);
        assertThat(plan.replayed(Api.METRICS, request("/other/x"))).isSameAs(first);
        assertThat(plan.replayed(Api.MANAGEMENT, request("/metrics"))).isNull();
        plan.stopReplay(Api.METRICS, "/metrics");
        assertThat(plan.replayed(Api.METRICS, request("/metrics"))).isNull();
    }

    @Test
    void refusesNoTimesAndNegativeTimes() {
        for (int times : new int[] {0, -2}) {
            assertThatThrownBy(() -> plan.add(Api.METRICS, "/metrics", HANG, times))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(Integer.toString(times));
        }
    }

    private Fault take(String target) {
        return plan.take(Api.METRICS, request(target));
    }

    private static Request request(String target) {
        return new Request("GET", target, Map.of("host", List.of("x")), false, false);
    }
}
