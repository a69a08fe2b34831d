package tscollector.kit.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
    private static final List<String> KNOWN =
            List.of("auth", "collection_interval", "endpoint", "key", "otlp", "timeout");

    @ParameterizedTest
    @CsvSource({
        "endpont, endpoint",
        "otpl, otlp",
        "Endpoint, endpoint",
        "colection-intervall, collection_interval",
        "time_out, timeout",
        "kex, key"
    })
    void findsWhatWasMeant(String word, String meant) {
        assertThat(Nearest.to(word, KNOWN)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"colour", "xyz", "interval", "e"})
    void findsNothingForOtherWords(String word) {
        assertThat(Nearest.to(word, KNOWN)).isEmpty();
    }

    @Test
    void doesNotLookAtVeryLongWords() {
        assertThat(Nearest.to("x".repeat(1_000_000), KNOWN)).isEmpty();
    }
}
