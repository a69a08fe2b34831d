package tscollector.kit.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
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

    @Test
    void prefersTheCloserAndOfTwoEquallyCloseTheFirst() {
        assertThat(Nearest.to("timeoutt", List.of("time_out", "timeout"))).contains("timeout");
        assertThat(Nearest.to("cat", List.of("car", "bat"))).contains("car");
        assertThat(Nearest.to("cat", List.of("bat", "CAT"))).contains("CAT");
    }

    /** One slip is found in any word; a word that is known is found first. */
    @Test
    void findsAWordAfterOneSlip() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 2_000; i++) {
            String word = KNOWN.get(random.nextInt(KNOWN.size()));
            StringBuilder slip = new StringBuilder(word);
            int at = random.nextInt(word.length() - 1);
            switch (random.nextInt(4)) {
                case 0 -> slip.deleteCharAt(at);
                case 1 -> slip.insert(at, 'q');
                case 2 -> slip.setCharAt(at, 'q');
                default -> {
                    slip.setCharAt(at, word.charAt(at + 1));
                    slip.setCharAt(at + 1, word.charAt(at));
                }
            }
            assertThat(Nearest.to(slip.toString(), KNOWN))
                    .as("seed %d: %s", seed, slip)
                    .contains(word);
            assertThat(Nearest.to(word, KNOWN)).contains(word);
        }
    }

    @Test
    void endsAMessageWithAQuestionOrWithWhatThereIs() {
        assertThat(Nearest.suggestion("endpont", KNOWN)).isEqualTo("; did you mean \"endpoint\"?");
        assertThat(Nearest.suggestion("colour", KNOWN)).isEmpty();
        assertThat(Nearest.suggestionAnd("kay", KNOWN, "known are a")).isEqualTo("; did you mean \"key\"? Known are a");
        assertThat(Nearest.suggestionAnd("colour", KNOWN, "known are a")).isEqualTo("; known are a");
        assertThat(Nearest.suggestionAnd("kay", KNOWN, "")).isEqualTo("; did you mean \"key\"?");
        assertThat(Nearest.suggestionOr("kay", KNOWN)).isEqualTo("; did you mean \"key\"?");
        assertThat(Nearest.suggestionOr("colour", List.of("a", "b"))).isEqualTo("; known are a, b");
        assertThat(Nearest.suggestionOr("colour", List.of())).isEqualTo("; there are none here");
    }
}
