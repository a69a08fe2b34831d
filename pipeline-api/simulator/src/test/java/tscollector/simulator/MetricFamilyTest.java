package tscollector.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricFamilyTest {
    private static final String HEAD =
            "# HELP X Torchserve prometheus gauge metric with unit: my unit\n# TYPE X gauge\n";

    @Test
    void writesHelpAndTypeBeforeTheFirstSample() {
        assertThat(text(new MetricFamily(MetricKind.GAUGE, "X", "my unit", List.of("a"))))
                .isEqualTo(HEAD);
    }

    @Test
    void writesACommaBehindTheLastLabel() {
        MetricFamily family = new MetricFamily(MetricKind.GAUGE, "X", "my unit", List.of("a", "b"));
        family.update(List.of("1", ""), 2);

        assertThat(text(family)).isEqualTo(HEAD + "X{a=\"1\",b=\"\",} 2.0\n");
    }

    @Test
    void writesNoBracesWithoutLabels() {
        MetricFamily family = new MetricFamily(MetricKind.GAUGE, "X", "my unit", List.of());
        family.update(List.of(), 2);

        assertThat(text(family)).isEqualTo(HEAD + "X 2.0\n");
    }

    @Test
    void escapesBackslashQuoteAndNewlineOnly() {
        MetricFamily family = new MetricFamily(MetricKind.GAUGE, "X", "my unit", List.of("a"));
        family.update(List.of("\\ \" \n \t { } , = \u6f22"), 1);

        assertThat(text(family)).isEqualTo(HEAD + "X{a=\"\\\\ \\\" \\n \t { } , = \u6f22\",} 1.0\n");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.0",
        "-0.0, -0.0",
        "12345678.9, 1.23456789E7",
        "1e-7, 1.0E-7",
        "1e300, 1.0E300",
        "NaN, NaN",
        "Infinity, +Inf",
        "-Infinity, -Inf",
        "0.1, 0.1",
    })
    void writesNumbersAsJavaDoes(double value, String expected) {
        MetricFamily family = new MetricFamily(MetricKind.GAUGE, "X", "my unit", List.of());
        family.update(List.of(), value);

        assertThat(text(family)).isEqualTo(HEAD + "X " + expected + "\n");
    }

    @Test
    void addsInCountersAndReplacesInGauges() {
        MetricFamily counter = new MetricFamily(MetricKind.COUNTER, "C", "Count", List.of("a"));
        MetricFamily gauge = new MetricFamily(MetricKind.GAUGE, "G", "Count", List.of("a"));
        for (int value = 1; value <= 3; value++) {
            counter.update(List.of("x"), value);
            gauge.update(List.of("x"), value);
        }

        assertThat(counter.value(List.of("x"))).isEqualTo(6);
        assertThat(gauge.value(List.of("x"))).isEqualTo(3);
        assertThat(gauge.value(List.of("nosuch"))).isZero();
    }

    @Test
    void countsObservationsInEveryBucketThatHoldsThem() {
        MetricFamily family = new MetricFamily(MetricKind.HISTOGRAM, "H", "s", List.of("a"));
        for (double value : new double[] {0.005, 0.006, 10, 11}) {
            family.update(List.of("x"), value);
        }

        String text = text(family);
        assertThat(text)
                .contains("H_bucket{a=\"x\",le=\"0.005\",} 1.0\n")
                .contains("H_bucket{a=\"x\",le=\"0.01\",} 2.0\n")
                .contains("H_bucket{a=\"x\",le=\"7.5\",} 2.0\n")
                .contains("H_bucket{a=\"x\",le=\"10.0\",} 3.0\n")
                .contains("H_bucket{a=\"x\",le=\"+Inf\",} 4.0\n")
                .endsWith("H_count{a=\"x\",} 4.0\nH_sum{a=\"x\",} 21.011\n");
        assertThat(text.lines()).hasSize(2 + 15 + 2);
    }

    @Test
    void leavesItselfOutWhenTheFilterLeavesNoSample() {
        MetricFamily family = new MetricFamily(MetricKind.HISTOGRAM, "H", "s", List.of());
        family.update(List.of(), 1);

        assertThat(text(family, "H")).isEmpty();
        assertThat(text(family, "H_sum").lines())
                .containsExactly(
                        "# HELP H Torchserve prometheus histogram metric with unit: s",
                        "# TYPE H histogram",
                        "H_sum 1.0");
    }

    @Test
    void keepsSeriesInTheOrderOfTheRealServersHashTable() {
        MetricFamily family = new MetricFamily(MetricKind.GAUGE, "X", "my unit", List.of("model", "version", "host"));
        for (String[] series : new String[][] {
            {"linear_regression", "1.0"},
            {"chatty", "default"},
            {"linear_regression", "2.0"},
            {"linear_regression", "default"}
        }) {
            family.update(List.of(series[0], series[1], "ts-host"), 1);
        }

        // As in the captured page prometheus/e01.
        assertThat(text(family).lines().skip(2).map(line -> line.replaceAll("X\\{model=\"|\",host.*", "")))
                .containsExactly(
                        "linear_regression\",version=\"default",
                        "linear_regression\",version=\"2.0",
                        "linear_regression\",version=\"1.0",
                        "chatty\",version=\"default");
    }

    @Test
    void forgetsItsSeriesOnClear() {
        MetricFamily family = new MetricFamily(MetricKind.GAUGE, "X", "my unit", List.of());
        family.update(List.of(), 1);
        family.clear();

        assertThat(text(family)).isEqualTo(HEAD);
    }

    @Test
    void refusesAnotherNumberOfLabels() {
        MetricFamily family = new MetricFamily(MetricKind.GAUGE, "X", "my unit", List.of("a"));

        assertThatThrownBy(() -> family.update(List.of("1", "2"), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cannot update X: needs values for [a]");
    }

    private static String text(MetricFamily family, String... names) {
        StringBuilder out = new StringBuilder();
        family.write(out, Set.of(names));
        return out.toString();
    }
}
