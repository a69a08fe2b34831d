package tscollector.exposition;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Prometheus text read the slow and obvious way: split into lines, one regular expression a line. What the real parser must agree
 * with on every input.
 */
final class ReferenceParser {
    /** One sample line. */
    record Line(String name, Map<String, String> labels, double value, Long timeNanos) {}

    private static final String BLANK = "[ \t]*";
    private static final String LABEL =
            "[a-zA-Z_][a-zA-Z0-9_]*" + BLANK + "=" + BLANK + "\"(?:[^\"\\\\]++|\\\\.)*+\"" + BLANK;
    private static final String LABELS = "\\{" + BLANK + "((?:" + LABEL + "," + BLANK + ")*+(?:" + LABEL + ")?+)\\}";
    private static final Pattern SAMPLE = Pattern.compile(
            BLANK + "([a-zA-Z_:][a-zA-Z0-9_:.-]*+)(?:" + BLANK + LABELS + BLANK + "|[ \t]+)"
                    + "([^ \t]+)(?:[ \t]+([^ \t#][^ \t]*+))?(?:[ \t]+#.*+)?" + BLANK,
            Pattern.DOTALL);
    private static final Pattern ONE_LABEL =
            Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)[ \t]*=[ \t]*\"((?:[^\"\\\\]++|\\\\.)*+)\"", Pattern.DOTALL);
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");
    private static final Pattern WORD = Pattern.compile("([+-]?)(?i:(nan)|inf|infinity)");
    private static final Pattern DECLARATION = Pattern.compile(
            BLANK + "#" + BLANK + "(TYPE|HELP|UNIT)[ \t]+([a-zA-Z_:][a-zA-Z0-9_:.-]*)(?:[ \t]+(.*))?", Pattern.DOTALL);

    final List<Line> lines = new ArrayList<>();
    final Map<String, String> types = new LinkedHashMap<>();
    final Map<String, String> helps = new LinkedHashMap<>();
    int unreadableSamples;

    static ReferenceParser parse(byte[] body, boolean openMetrics, int labelLimit, long lineLimit) {
        ReferenceParser result = new ReferenceParser();
        // A char per byte, so that nothing is lost before a text is known to be one.
        for (String line : new String(body, StandardCharsets.ISO_8859_1).split("\n", -1)) {
            String text = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
            if (text.replace(" ", "").replace("\t", "").isEmpty()) {
                continue;
            }
            if (text.length() > lineLimit) {
                result.unreadableSamples++;
            } else if (text.stripLeading().startsWith("#") && text.matches("(?s)[ \t]*#.*")) {
                result.declaration(text);
            } else if (!result.sample(text, openMetrics, labelLimit)) {
                result.unreadableSamples++;
            }
        }
        return result;
    }

    private void declaration(String text) {
        Matcher matcher = DECLARATION.matcher(text);
        if (matcher.matches()) {
            String rest = matcher.group(3) == null ? "" : matcher.group(3);
            if (matcher.group(1).equals("TYPE")) {
                types.putIfAbsent(matcher.group(2), rest.strip());
            } else if (matcher.group(1).equals("HELP")) {
                helps.putIfAbsent(matcher.group(2), unescape(rest));
            }
        }
    }

    private boolean sample(String text, boolean openMetrics, int labelLimit) {
        Matcher matcher = SAMPLE.matcher(text);
        if (!matcher.matches()) {
            return false;
        }
        Map<String, String> labels = new LinkedHashMap<>();
        Matcher label = ONE_LABEL.matcher(matcher.group(2) == null ? "" : matcher.group(2));
        int count = 0;
        while (label.find()) {
            labels.put(label.group(1), unescape(label.group(2)));
            count++;
        }
        Double value = number(matcher.group(3));
        String time = matcher.group(4);
        Long timeNanos = time == null ? null : time(time, openMetrics);
        if (count > labelLimit || labels.size() != count || value == null || (time != null && timeNanos == null)) {
            return false;
        }
        lines.add(new Line(matcher.group(1), labels, value, timeNanos));
        return true;
    }

    private static Double number(String text) {
        Matcher word = WORD.matcher(text);
        if (word.matches()) {
            double infinity = word.group(1).equals("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
            return word.group(2) != null ? Double.NaN : infinity;
        }
        return text.length() <= 400 && DECIMAL.matcher(text).matches() ? Double.valueOf(text) : null;
    }

    private static Long time(String text, boolean openMetrics) {
        Double written = number(text);
        if (written == null || written.isNaN() || written.isInfinite() || written < 0) {
            return null;
        }
        BigDecimal nanos = new BigDecimal(written).scaleByPowerOfTen(openMetrics ? 9 : 6);
        if (nanos.doubleValue() >= Long.MAX_VALUE || (!openMetrics && written != Math.floor(written))) {
            return null;
        }
        return nanos.setScale(0, java.math.RoundingMode.HALF_UP).longValue();
    }

    private static String unescape(String bytes) {
        StringBuilder text = new StringBuilder();
        int i = 0;
        while (i < bytes.length()) {
            String pair = bytes.substring(i, Math.min(i + 2, bytes.length()));
            String meant = switch (pair) {
                case "\\\\" -> "\\";
                case "\\\"" -> "\"";
                case "\\n" -> "\n";
                default -> "";
            };
            text.append(meant.isEmpty() ? bytes.substring(i, i + 1) : meant);
            i += meant.isEmpty() ? 1 : 2;
        }
        return new String(text.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
