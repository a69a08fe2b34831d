package tscollector.torchserve.management;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tscollector.torchserve.Captures;

/** Whatever comes, the readers give a value or their own exception, and the value holds what its fields promise. */
class ManagementJsonFuzzTest {
    @FuzzTest
    void readsAnything(byte[] body) {
        read(body);
    }

    @Test
    void readsRealAnswersWithBytesChanged() {
        long seed = Long.getLong("seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        for (String capture : new String[] {
            "prometheus/a08-describe-all",
            "gpu-simulated/u01-describe",
            "prometheus/f01-models-weird",
            "paging/p07-limit-2"
        }) {
            for (int round = 0; round < 2_000; round++) {
                byte[] body = Captures.body(capture).clone();
                for (int i = random.nextInt(4); i >= 0; i--) {
                    int at = random.nextInt(body.length);
                    body[at] = (byte)
                            (random.nextBoolean() ? random.nextInt(256) : "{}[]\",:0tn-".charAt(random.nextInt(11)));
                }
                try {
                    read(body);
                } catch (RuntimeException | AssertionError e) {
                    throw new AssertionError("seed " + seed + ": " + new String(body, StandardCharsets.ISO_8859_1), e);
                }
            }
        }
    }

    private static void read(byte[] body) {
        try {
            Described described = Described.read(body, false);
            assertThat(described.versions().size()).isLessThanOrEqualTo(described.length());
            assertThat(described.bad())
                    .isGreaterThanOrEqualTo(
                            described.length() - described.versions().size());
            for (Described.Version version : described.versions()) {
                assertThat(version.workers().size()).isLessThanOrEqualTo(version.workerCount());
                for (double number : version.numbers().values()) {
                    assertThat(Double.isFinite(number)).isTrue();
                }
            }
        } catch (MalformedAnswerException e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
        try {
            ListPage page = ListPage.read(body, false);
            page.models().stream().filter(ListedModel::canBeDescribed).forEach(ListedModel::path);
        } catch (MalformedAnswerException e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
        GpuUsage.parse(new String(body, StandardCharsets.UTF_8));
    }
}
