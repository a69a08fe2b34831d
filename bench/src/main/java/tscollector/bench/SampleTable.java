package tscollector.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The figures of all benchmarks for one sample, as a markdown table. */
final class SampleTable {
    private record Row(String benchmark, int series, double wallNanos, double cpuNanos, double bytes) {}

    private final List<Row> rows = new ArrayList<>();

    /**
     * Adds a benchmark whose operation is one body.
     *
     * @param benchmark class and method
     * @param series samples of a body
     * @param wallNanos elapsed time of one operation
     * @param cpuNanos processor time of one operation
     * @param bytes allocated by one operation
     */
    void add(String benchmark, int series, double wallNanos, double cpuNanos, double bytes) {
        rows.add(new Row(benchmark, series, wallNanos / series, cpuNanos / series, bytes / series));
    }

    String markdown() {
        StringBuilder table =
                new StringBuilder("| | series | ns/sample | CPU ns/sample | B/sample |\n|---|---|---|---|---|\n");
        for (Row row : rows) {
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %d | %.0f | %.0f | %.0f |%n",
                    row.benchmark,
                    row.series,
                    row.wallNanos,
                    row.cpuNanos,
                    row.bytes));
        }
        return table.toString();
    }
}
