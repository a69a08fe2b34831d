package tscollector.app.interop;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of metrics as this suite reads it for itself: slow and obvious, for what TorchServe writes and nothing else.
 *
 * @param samples value by name and labels
 * @param families the text of HELP and TYPE by name
 */
public record Exposition(Map<Sample, Double> samples, Map<String, String> families) {
    private static final Pattern SAMPLE = Pattern.compile("([A-Za-z_:][A-Za-z0-9_:]*)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*)\",");
    private static final Pattern FAMILY = Pattern.compile("# (HELP|TYPE) (\\S+) (.*)");

    /** One series. */
    public record Sample(String name, Map<String, String> labels) {}

    public static Exposition read(String page) {
        Map<Sample, Double> samples = new LinkedHashMap<>();
        Map<String, String> families = new TreeMap<>();
        for (String line : page.lines().toList()) {
            Matcher family = FAMILY.matcher(line);
            Matcher sample = SAMPLE.matcher(line);
            if (family.matches()) {
                families.merge(family.group(2), family.group(3), (help, type) -> help + " / " + type);
            } else if (sample.matches()) {
                samples.put(
                        new Sample(sample.group(1), labels(sample.group(2))),
                        Double.valueOf(sample.group(3).replace("Inf", "Infinity")));
            } else {
                throw new AssertionError("cannot read the line " + line);
            }
        }
        return new Exposition(samples, families);
    }

    /** The series of a name. */
    Map<Map<String, String>, Double> of(String name) {
        Map<Map<String, String>, Double> found = new LinkedHashMap<>();
        samples.forEach((sample, value) -> {
            if (sample.name().equals(name)) {
                found.put(sample.labels(), value);
            }
        });
        return found;
    }

    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new TreeMap<>();
        Matcher label = LABEL.matcher(text == null ? "" : text);
        while (label.find()) {
            labels.put(label.group(1), unescaped(label.group(2)));
        }
        return labels;
    }

    private static String unescaped(String text) {
        return Pattern.compile("\\\\(.)")
                .matcher(text)
                .replaceAll(escape -> Matcher.quoteReplacement(escape.group(1).equals("n") ? "\n" : escape.group(1)));
    }
}
