package tscollector.torchserve;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthRuleTest {
    @ParameterizedTest
    @DisplayName("O26 O27 I1 I2 I3 M7 M8: values by default and with compat strict")
    @CsvSource({
        // state, error, by default, metrics, inference, management
        "OK,, 0, 0, 0, 0",
        "AUTH_FAILED, INVALID_KEY, 1, 2, 2, 2",
        "UNHEALTHY, SERVER_ERROR, 2, 2, 2, 2",
        "UNREACHABLE, TIMEOUT, 2, 2, 2, 2",
        "INVALID, MALFORMED_BODY, 2, 0, 0, 2",
        "INVALID, REDIRECT, 2, 0, 0, 2",
        "INVALID, CUT_OFF, 2, 0, 0, 2",
        "INVALID, PROTOCOL_ERROR, 2, 2, 2, 2"
    })
    void givesTheValueOfEachState(
            ApiState state, ErrorType type, double own, double metrics, double inference, double management) {
        Outcome outcome = new Outcome(state, type, type == null ? "" : "because");

        for (Api api : Api.values()) {
            assertThat(HealthRule.of(api, false).value(outcome)).isEqualTo(own);
        }
        assertThat(HealthRule.of(Api.OPENMETRICS, true).value(outcome)).isEqualTo(metrics);
        assertThat(HealthRule.of(Api.INFERENCE, true).value(outcome)).isEqualTo(inference);
        assertThat(HealthRule.of(Api.MANAGEMENT, true).value(outcome)).isEqualTo(management);
    }

    @Test
    @DisplayName("O27: strict says why on the metrics API alone, and only where it is critical")
    void saysWhyWhereTheCheckDoes() {
        Outcome refused = new Outcome(ApiState.UNREACHABLE, ErrorType.CONNECTION_REFUSED, "because");
        Outcome garbage = Outcome.invalid(ErrorType.MALFORMED_BODY, "because");

        assertThat(HealthRule.of(Api.OPENMETRICS, true).saysWhy(refused)).isTrue();
        assertThat(HealthRule.of(Api.OPENMETRICS, true).saysWhy(garbage)).isFalse();
        assertThat(HealthRule.of(Api.INFERENCE, true).saysWhy(refused)).isFalse();
        assertThat(HealthRule.of(Api.MANAGEMENT, true).saysWhy(refused)).isFalse();
        assertThat(HealthRule.of(Api.MANAGEMENT, false).saysWhy(garbage)).isTrue();
        assertThat(HealthRule.of(Api.MANAGEMENT, false).saysWhy(Outcome.OK)).isFalse();
    }
}
