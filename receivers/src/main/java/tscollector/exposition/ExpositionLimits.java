package tscollector.exposition;

import tscollector.config.Config;
import tscollector.config.DataSize;
import tscollector.config.Setting;

/** How much one exposition may hold, flat in its component. The limit of the whole body belongs to the HTTP client. */
public record ExpositionLimits(
        @Setting(doc = "Most samples in one answer. With more, nothing of it is passed on.", min = "1")
        int sampleLimit,

        @Setting(doc = "Most labels of one sample. A line with more is left out.", min = "1")
        int labelLimit,

        @Setting(doc = "Longest line. A longer one is left out.", min = "64B", max = "1GiB")
        DataSize lineLengthLimit)
        implements Config {

    public static ExpositionLimits defaults() {
        return new ExpositionLimits(100_000, 64, DataSize.ofMebibytes(1));
    }
}
