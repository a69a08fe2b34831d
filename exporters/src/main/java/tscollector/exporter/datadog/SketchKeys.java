package tscollector.exporter.datadog;

/**
 * The bins of Datadog's sketches: a value's key grows with its logarithm, so that each bin is about 1.6 % wide. Keys of negative
 * values are negative, 0 stands for everything that is nearly 0.
 */
final class SketchKeys {
    /** The key of everything too large to have one of its own; negative for the other end. */
    static final int INFINITE = Short.MAX_VALUE;

    private static final double GAMMA = 1 + 2 / 128.0;
    private static final double LOG_GAMMA = Math.log1p(2 / 128.0);
    /** Makes the smallest value that is told from 0, 1e-9, key 1. */
    private static final int BIAS = 1 - (int) Math.floor(Math.log(1e-9) / LOG_GAMMA);

    private static final double SMALLEST = Math.pow(GAMMA, 1 - BIAS);

    private SketchKeys() {}

    /** The bin of a value that is a number. */
    static int of(double value) {
        double size = Math.abs(value);
        if (size < SMALLEST) {
            return 0;
        }
        int key = size == Double.POSITIVE_INFINITY
                ? INFINITE
                : (int) Math.min(INFINITE, Math.rint(Math.log(size) / LOG_GAMMA) + BIAS);
        key = Math.max(1, key);
        return value < 0 ? -key : key;
    }

    /** The value that stands for a bin. */
    static double value(int key) {
        if (key == 0) {
            return 0;
        }
        double size = Math.abs(key) == INFINITE ? Double.POSITIVE_INFINITY : Math.pow(GAMMA, Math.abs(key) - BIAS);
        return key < 0 ? -size : size;
    }
}
