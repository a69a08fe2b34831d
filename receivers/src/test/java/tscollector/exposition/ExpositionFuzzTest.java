package tscollector.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes at all: nothing is thrown, and what is read is what the reference parser reads. */
class ExpositionFuzzTest {
    static byte[][] corpus() {
        return Bodies.captures().stream().map(Bodies::capture).toArray(byte[][]::new);
    }

    @MethodSource("corpus")
    @FuzzTest(maxDuration = "2m")
    void readsAnyBytesAsTheReferenceParserDoes(byte[] body) {
        ExpositionParserTest.agreesWithReference(body, "fuzzed");
    }

    @MethodSource("corpus")
    @FuzzTest(maxDuration = "2m")
    void givesTheSameForAWarmAndAFreshTable(byte[] bodies) {
        byte[] first = Arrays.copyOf(bodies, bodies.length / 2);
        byte[] second = Arrays.copyOfRange(bodies, bodies.length / 2, bodies.length);
        Tables warm = new Tables();
        warm.read(first);
        warm.read(bodies);
        Reading reading = warm.read(second);
        Reading fresh = new Tables().read(second);

        assertThat(reading.outcome()).isEqualTo(fresh.outcome());
        if (reading.group() != null && fresh.group() != null) {
            assertThat(Tables.points(reading.group())).isEqualTo(Tables.points(fresh.group()));
        }
    }
}
