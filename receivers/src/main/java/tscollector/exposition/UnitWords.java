package tscollector.exposition;

import java.util.Map;

/**
 * Units of an exposition as UCUM. TorchServe says them only in its help texts, in the words of its metrics.yaml and of its Python
 * workers; OpenMetrics has UNIT lines. Words that are not known stay as they are.
 */
final class UnitWords {
    /** {@code Torchserve prometheus <type> metric with unit: <unit>}. */
    private static final String TORCHSERVE_HELP = "Torchserve prometheus ";

    private static final String TORCHSERVE_UNIT = " metric with unit: ";

    // TorchServe's Megabytes and Gigabytes are powers of two: its collector divides by 1024 (spec/torchserve.md 3.3).
    private static final Map<String, String> UCUM = Map.ofEntries(
            Map.entry("Nanoseconds", "ns"),
            Map.entry("nanoseconds", "ns"),
            Map.entry("Microseconds", "us"),
            Map.entry("microseconds", "us"),
            Map.entry("Milliseconds", "ms"),
            Map.entry("milliseconds", "ms"),
            Map.entry("Seconds", "s"),
            Map.entry("seconds", "s"),
            Map.entry("Percent", "%"),
            Map.entry("percent", "%"),
            Map.entry("Count", "1"),
            Map.entry("count", "1"),
            Map.entry("unit", "1"),
            Map.entry("ratio", "1"),
            Map.entry("Bytes", "By"),
            Map.entry("bytes", "By"),
            Map.entry("B", "By"),
            Map.entry("Kilobytes", "KiBy"),
            Map.entry("kB", "KiBy"),
            Map.entry("Megabytes", "MiBy"),
            Map.entry("MB", "MiBy"),
            Map.entry("Gigabytes", "GiBy"),
            Map.entry("GB", "GiBy"),
            Map.entry("celsius", "Cel"),
            Map.entry("meters", "m"),
            Map.entry("grams", "g"),
            Map.entry("volts", "V"),
            Map.entry("amperes", "A"),
            Map.entry("joules", "J"));

    private UnitWords() {}

    /** The unit of a family, empty if nothing says it. */
    static String unitOf(Declaration declaration) {
        if (declaration.unit() != null) {
            return ucum(declaration.unit());
        }
        String help = declaration.help() == null ? "" : declaration.help();
        int at = help.startsWith(TORCHSERVE_HELP) ? help.indexOf(TORCHSERVE_UNIT) : -1;
        return at < 0 ? "" : ucum(help.substring(at + TORCHSERVE_UNIT.length()).strip());
    }

    private static String ucum(String word) {
        return UCUM.getOrDefault(word, word);
    }
}
