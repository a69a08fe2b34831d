package tscollector.torchserve.management;

import org.jspecify.annotations.Nullable;

/**
 * What a describe says about the GPU of a worker; each number is NaN where the server has none.
 *
 * @param id as nvidia-smi numbers them
 * @param utilization percent of time in which the GPU was busy
 * @param memoryUtilization percent of time in which its memory was read or written
 * @param memoryUsed MiB
 */
record GpuUsage(String id, double utilization, double memoryUtilization, double memoryUsed) {
    private static final int LONGEST_TEXT = 1_000;
    private static final int LONGEST_ID = 64;

    /**
     * Reads {@code gpuUsage}. Up to 0.12.0 {@code gpuId::0 utilization.gpu [%]::37 % utilization.memory [%]::12 % memory.used
     * [MiB]::2310 MiB}; later {@code gpuId::0 utilization.gpu::37 % ... memory.used::2,310 MiB}, with the thousands separator of
     * the server's locale. Values pass through from nvidia-smi, {@code [N/A]} too.
     *
     * @return null if it names no GPU: {@code N/A}, or that nvidia-smi failed
     */
    static @Nullable GpuUsage parse(String text) {
        String id = text.length() > LONGEST_TEXT ? "" : after(text, "gpuId").trim();
        int end = 0;
        while (end < id.length() && !Character.isWhitespace(id.charAt(end))) {
            end++;
        }
        if (end == 0 || end > LONGEST_ID) {
            return null;
        }
        return new GpuUsage(
                id.substring(0, end),
                number(after(text, "utilization.gpu")),
                number(after(text, "utilization.memory")),
                number(after(text, "memory.used")));
    }

    /** What stands behind the double colon that follows {@code key}; empty if there is none. */
    private static String after(String text, String key) {
        int start = text.indexOf(key);
        int colons = start < 0 ? -1 : text.indexOf("::", start);
        return colons < 0 ? "" : text.substring(colons + 2);
    }

    /** The number that {@code text} begins with, without thousands separators; NaN if it begins with none. */
    private static double number(String text) {
        String trimmed = text.trim();
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < trimmed.length(); i++) {
            char c = trimmed.charAt(i);
            if (c >= '0' && c <= '9') {
                digits.append(c);
            } else if (digits.length() == 0 || !isDigit(trimmed, i + 1)) {
                break;
            } else if (!isThousandsSeparator(trimmed, i)) {
                if ((c != '.' && c != ',') || digits.indexOf(".") >= 0) {
                    break;
                }
                digits.append('.');
            }
        }
        return digits.length() == 0 ? Double.NaN : Double.parseDouble(digits.toString());
    }

    /** Whether exactly three digits follow; which sign it is differs from locale to locale. */
    private static boolean isThousandsSeparator(String text, int at) {
        return isDigit(text, at + 1) && isDigit(text, at + 2) && isDigit(text, at + 3) && !isDigit(text, at + 4);
    }

    private static boolean isDigit(String text, int at) {
        return at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }
}
