package tscollector.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataSizeTest {
    private static final String[] UNITS = {"", "B", "kB", "KB", "KiB", "MB", "MiB", "GB", "GiB"};

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "512, 512",
        "512B, 512",
        "500kB, 500000",
        "500KB, 500000",
        "64KiB, 65536",
        "10MB, 10000000",
        "4 MiB, 4194304",
        "2GB, 2000000000",
        "1GiB, 1073741824",
        "007B, 7",
        "8589934591GiB, 9223372035781033984"
    })
    void reads(String text, long bytes) {
        assertThat(DataSize.parse(text)).isEqualTo(new DataSize(bytes));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "B",
                "MiB",
                "-1",
                "+1",
                "1.5MiB",
                "1e3",
                "0x10",
                "4mib",
                "4M",
                "4K",
                "4TiB",
                "4  MiB",
                " 4MiB",
                "4MiB ",
                "4MiB\n",
                "4,000",
                "٤MiB",
                "4\u00A0MiB"
            })
    void refusesWhatIsNoSize(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DataSize.parse(text))
                .withMessage("must be a size such as 64KiB or 4MiB");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8589934592GiB",
                "999999999999999999kB",
                "999999999999999999GiB",
                "9223372036854775808",
                "9999999999999999999B"
            })
    void refusesMoreThanALongHolds(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DataSize.parse(text))
                .withMessage("must be a size below 8 EiB");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0B",
        "1, 1B",
        "1000, 1kB",
        "1023, 1023B",
        "1024, 1KiB",
        "1536, 1536B",
        "10000000, 10MB",
        "2000000000, 2GB",
        "16777216, 16MiB",
        "1073741824, 1GiB",
        "1024000, 1024kB"
    })
    void printsTheShortestFormThatSaysTheSame(long bytes, String text) {
        assertThat(new DataSize(bytes)).hasToString(text);
    }

    @Test
    void printsWhatReadsBackToTheSame() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 5_000; i++) {
            DataSize size = new DataSize(random.nextLong(Long.MAX_VALUE) >> random.nextInt(63));
            assertThat(DataSize.parse(size.toString())).as("seed %d", seed).isEqualTo(size);

            String text = random.nextInt(8_000_000) + UNITS[random.nextInt(UNITS.length)];
            DataSize written = DataSize.parse(text);
            assertThat(DataSize.parse(written.toString()))
                    .as("seed %d: %s", seed, text)
                    .isEqualTo(written);
            assertThat(written.toString().length())
                    .as("seed %d: %s is not longer than %s", seed, written, text)
                    .isLessThanOrEqualTo(text.length() + (text.matches("\\d+") ? 1 : 0));
        }
        assertThat(DataSize.parse(new DataSize(Long.MAX_VALUE).toString())).isEqualTo(new DataSize(Long.MAX_VALUE));
    }

    @Test
    void countsInMebibytes() {
        assertThat(DataSize.ofMebibytes(16)).isEqualTo(DataSize.parse("16MiB"));
        assertThat(DataSize.ofMebibytes(4096)).isEqualTo(DataSize.parse("4GiB"));
    }
}
