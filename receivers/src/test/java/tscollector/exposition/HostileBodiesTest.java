package tscollector.exposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.entry;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class HostileBodiesTest {
    private final Tables target = new Tables();

    @Test
    void leavesOutALineOfTenMegabytes() {
        String line = "a{b=\"" + "x".repeat(10 << 20) + "\"} 1\n";
        Reading reading = target.read((line + "c 2\n").getBytes(StandardCharsets.UTF_8));

        assertThat(Tables.points(Objects.requireNonNull(reading.group()))).containsExactly("c 2.0");
        assertThat(reading.errors().counts()).containsExactly(entry(LineError.LINE_TOO_LONG, 1));
        assertThat(target.table().textLength()).isLessThan(10);
    }

    @Test
    void leavesOutASampleWithOneLabelTooMany() {
        StringBuilder labels = new StringBuilder();
        for (int i = 0; i < 64; i++) {
            labels.append('l').append(i).append("=\"v\",");
        }
        Reading reading = target.read(Bodies.of("a{" + labels + "} 1", "b{" + labels + "one_more=\"v\"} 1"));

        assertThat(reading.samples()).isEqualTo(1);
        assertThat(reading.errors().counts()).containsExactly(entry(LineError.TOO_MANY_LABELS, 1));
    }

    @Test
    void refusesOneSampleTooManyAndKeepsWhatItKnew() {
        target.read(Bodies.of("# TYPE a counter", "a 1"));
        byte[] body = "a 1\n".repeat(100_001).getBytes(StandardCharsets.UTF_8);

        assertThat(target.read(body).outcome()).isEqualTo(Reading.Outcome.OVER_LIMIT);
        assertThat(target.read(Arrays.copyOf(body, body.length - 4)).samples()).isEqualTo(100_000);
        assertThat(target.table().textLength()).isLessThan(400_000);
    }

    @Test
    void replacesBytesThatAreNoUtf8() {
        byte[] body = Bodies.of("a{b=\"xyz\"} 1", "# HELP a q", "q 1");
        for (int at : new int[] {5, 6, 7}) {
            body[at] = (byte) 0xC3;
        }

        assertThat(Tables.points(Objects.requireNonNull(target.read(body).group())))
                .containsExactly("a{b=\"\ufffd\ufffd\ufffd\"} 1.0", "q 1.0");
    }

    @Test
    void countsMillionsOfUnreadableLinesInLittleTime() {
        byte[] body = "}\n".repeat(8 << 20).getBytes(StandardCharsets.UTF_8);

        Reading reading = Assertions.assertTimeout(Duration.ofSeconds(10), () -> target.read(body));

        assertThat(reading.outcome()).isEqualTo(Reading.Outcome.UNREADABLE);
        assertThat(reading.errors().total()).isEqualTo(8 << 20);
    }

    @Test
    void readsASeriesSetThatIsNewAtEveryScrapeInLittleTime() {
        Assertions.assertTimeout(Duration.ofSeconds(20), () -> {
            for (int scrape = 0; scrape < 3; scrape++) {
                StringBuilder body = new StringBuilder("# TYPE a counter\n");
                for (int i = 0; i < 100_000; i++) {
                    body.append("a{b=\"").append(scrape).append('_').append(i).append("\"} 1\n");
                }
                assertThat(target.read(body.toString().getBytes(StandardCharsets.UTF_8))
                                .samples())
                        .isEqualTo(100_000);
            }
        });
    }

    @Test
    void throwsNothingForRandomBytes() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 3000; i++) {
            byte[] body = new byte[random.nextInt(300)];
            random.nextBytes(body);
            assertThatCode(() -> target.read(body)).as("seed " + seed).doesNotThrowAnyException();
        }
    }
}
