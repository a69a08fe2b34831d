package tscollector.exporter.datadog;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.ExponentialHistogramPointData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.PointData;
import java.util.List;

/**
 * What points of both kinds of histograms have, though no type of theirs in common says so.
 *
 * @param min of any value where there is none
 * @param max of any value where there is none
 */
record HistogramNumbers(
        long startEpochNanos,
        long epochNanos,
        Attributes attributes,
        long count,
        double sum,
        boolean hasMin,
        double min,
        boolean hasMax,
        double max) {
    static HistogramNumbers of(PointData point) {
        if (point instanceof HistogramPointData it) {
            return new HistogramNumbers(
                    it.getStartEpochNanos(),
                    it.getEpochNanos(),
                    it.getAttributes(),
                    it.getCount(),
                    it.getSum(),
                    it.hasMin(),
                    it.getMin(),
                    it.hasMax(),
                    it.getMax());
        }
        ExponentialHistogramPointData it = (ExponentialHistogramPointData) point;
        return new HistogramNumbers(
                it.getStartEpochNanos(),
                it.getEpochNanos(),
                it.getAttributes(),
                it.getCount(),
                it.getSum(),
                it.hasMin(),
                it.getMin(),
                it.hasMax(),
                it.getMax());
    }

    /** A number of the same attributes and times. */
    DoublePointData point(double value) {
        return DoublePointData.create(startEpochNanos, epochNanos, attributes, value, List.of());
    }
}
