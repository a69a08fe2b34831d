package tscollector.exporter.datadog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tscollector.testkit.RecordingTelemetry;

class MetricNamesTest {
    private final RecordingTelemetry telemetry = new RecordingTelemetry();
    private final MetricNames names = new MetricNames(telemetry);

    @ParameterizedTest
    @ValueSource(
            strings = {"torchserve.openmetrics.inference.count", "a", "Requests2XX", "a__b", "a_.b", "ends.with_", "x.."
            })
    @DisplayName("R16 a legal name stays as it is, byte for byte")
    void r16_legalNames(String name) {
        assertThat(names.of(name)).isSameAs(name);
        assertThat(telemetry.warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1a, a",
        "_a, a",
        "a-b, a_b",
        "a - b, a_b",
        "a b.c d, a_b.c_d",
        "a-.b, a.b",
        "a.-b, a.b",
        "caf\u00e9, caf",
        "\u6f22a\u5b57b, a_b",
        "a\ud83d\ude00b, a_b",
        "a-, a"
    })
    @DisplayName("R16 what is not legal is changed by Datadog's rules, with a warning")
    void r16_illegalNames(String name, String sent) {
        assertThat(names.of(name)).isEqualTo(sent);
        assertThat(MetricNames.isLegal(sent)).isTrue();
        assertThat(telemetry.warnings()).hasSize(1).first().asString().contains(sent);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "123", "\u6f22\u5b57", "._-"})
    @DisplayName("R16 a name without letters cannot be sent")
    void r16_nothingLeft(String name) {
        assertThat(names.of(name)).isNull();
    }

    @Test
    @DisplayName("R16 two names that become equal are reported")
    void r16_equalNames() {
        names.of("a-b");
        names.of("a-b");
        names.of("a b");

        assertThat(telemetry.warnings()).hasSize(2);
        assertThat(telemetry.warnings().get(1)).contains("a-b").contains("a b");
    }

    @ParameterizedTest
    @CsvSource({"a-b, a_b", "a_b, a-b"})
    @DisplayName("R16 a changed name that becomes equal to one that needs no change is reported, whichever comes first")
    void r16_equalToALegalName(String first, String second) {
        names.of(first);
        names.of(second);
        names.of(first);
        names.of(second);

        assertThat(telemetry.warnings())
                .hasSize(2)
                .anyMatch(text -> text.startsWith("Two metric names become one")
                        && text.contains("name=\"a_b\"")
                        && text.contains("name=\"a-b\""));
    }

    @Test
    @DisplayName("R16 no name is longer than 200 characters")
    void r16_longNames() {
        assertThat(names.of("a".repeat(201))).hasSize(200);
        assertThat(names.of("a".repeat(200))).hasSize(200);
    }

    @Test
    @DisplayName("R16 whatever goes in, what comes out is legal, and legal for good")
    void r16_anyName() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 5000; round++) {
            StringBuilder name = new StringBuilder();
            for (int i = random.nextInt(12); i > 0; i--) {
                name.append("ab1_.- \u00e9\ud83d".charAt(random.nextInt(9)));
            }
            String sent = names.of(name.toString());
            if (sent != null) {
                assertThat(MetricNames.isLegal(sent))
                        .as("seed %d: %s", seed, name)
                        .isTrue();
                assertThat(names.of(sent)).isSameAs(sent);
            } else {
                assertThat(name.chars().anyMatch(c -> c == 'a' || c == 'b'))
                        .as("seed %d: %s", seed, name)
                        .isFalse();
            }
        }
    }

    @Test
    void manyNamesTakeNoMoreMemory() {
        for (int i = 0; i < 3000; i++) {
            assertThat(names.of("a-" + i)).isEqualTo("a_" + i);
        }

        assertThat(telemetry.warnings()).hasSize(1000);
    }
}
