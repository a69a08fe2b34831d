package tscollector.exposition;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.PointData;
import java.util.Map;
import java.util.stream.Collectors;
import tscollector.torchserve.Points;

/** Histograms as the lines that an exposition says them with. */
final class Expanded {
    private Expanded() {}

    static void histogram(String name, Attributes attributes, PointData point, Map<String, Double> samples) {
        HistogramPointData histogram = (HistogramPointData) point;
        long cumulative = 0;
        for (int i = 0; i < histogram.getCounts().size(); i++) {
            cumulative += histogram.getCounts().get(i);
            double bound = i < histogram.getBoundaries().size()
                    ? histogram.getBoundaries().get(i)
                    : Double.POSITIVE_INFINITY;
            Attributes withBound =
                    attributes.toBuilder().put("le", Double.toString(bound)).build();
            samples.put(name + "_bucket" + Points.text(withBound), (double) cumulative);
        }
        samples.put(name + "_sum" + Points.text(attributes), histogram.getSum());
        samples.put(name + "_count" + Points.text(attributes), (double) histogram.getCount());
    }

    /** A bound in one form. */
    static String bound(String written) {
        return Double.toString(Double.parseDouble(written.replace("Inf", "Infinity")));
    }

    /** Labels, sorted, as {@link Points#text} writes them. */
    static String text(Map<String, Object> sortedLabels) {
        return sortedLabels.entrySet().stream()
                .map(entry -> entry.getKey() + "=\"" + entry.getValue() + "\"")
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
