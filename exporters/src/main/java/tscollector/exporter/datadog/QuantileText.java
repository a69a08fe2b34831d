package tscollector.exporter.datadog;

import java.math.BigDecimal;

/** Quantiles as they stand in Datadog's tag {@code quantile}: 0.5, 1.0, and 0 without a point. */
final class QuantileText {
    private QuantileText() {}

    static String of(double quantile) {
        if (quantile == 0) {
            return "0";
        }
        if (!Double.isFinite(quantile)) {
            return Double.isNaN(quantile) ? "nan" : quantile > 0 ? "inf" : "-inf";
        }
        String plain =
                new BigDecimal(Double.toString(quantile)).stripTrailingZeros().toPlainString();
        return plain.contains(".") ? plain : plain + ".0";
    }
}
