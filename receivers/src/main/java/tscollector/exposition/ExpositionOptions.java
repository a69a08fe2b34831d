package tscollector.exposition;

import tscollector.torchserve.OfficialConfig;

/** All settings that say how a receiver reads expositions. */
public record ExpositionOptions(
        ExpositionLimits limits, ExpositionConfig exposition, HistogramConfig histograms, OfficialConfig official) {
    /** With the defaults for what is not given. */
    public static ExpositionOptions of(ExpositionLimits limits, OfficialConfig official) {
        return new ExpositionOptions(limits, ExpositionConfig.defaults(), HistogramConfig.defaults(), official);
    }
}
