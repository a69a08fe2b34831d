package tscollector.app.imports;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Docker labels in a text that is no YAML: a Dockerfile, a command line with its quotes, or labels as they are, one a line. */
final class LabelWords {
    private static final String KEY = "(com\\.datadoghq\\.ad\\.(?:checks|check_names|init_configs|instances))";
    private static final Pattern WORD = Pattern.compile("(?:--label=|-l)?" + KEY + "=(.*)", Pattern.DOTALL);
    private static final Pattern BARE = Pattern.compile("\\s*" + KEY + "\\s*[=:]\\s*([\\[{].*)");

    private final String text;
    private int at;

    private LabelWords(String text) {
        this.text = text;
    }

    /** The labels by name; empty where there is none. */
    static Map<String, @Nullable Object> in(String text) {
        Map<String, @Nullable Object> labels = new LinkedHashMap<>();
        String joined = text.replaceAll("\\\\[ \t]*\\R", " ");
        joined.lines()
                .map(BARE::matcher)
                .filter(Matcher::matches)
                .forEach(bare -> labels.put(bare.group(1), bare.group(2).strip()));
        for (String word : new LabelWords(joined).words()) {
            Matcher matcher = WORD.matcher(word);
            if (matcher.matches()) {
                labels.putIfAbsent(matcher.group(1), matcher.group(2));
            }
        }
        return labels;
    }

    /** As a shell reads them: parted by blanks, quotes of both kinds, backslashes. */
    private List<String> words() {
        List<String> words = new ArrayList<>();
        while (at < text.length()) {
            if (Character.isWhitespace(text.charAt(at))) {
                at++;
            } else {
                words.add(word());
            }
        }
        return words;
    }

    private String word() {
        StringBuilder word = new StringBuilder();
        char quote = 0;
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            if (quote == 0 && Character.isWhitespace(c)) {
                break;
            }
            if (c == quote) {
                quote = 0;
            } else if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
            } else if (c == '\\' && quote != '\'' && at + 1 < text.length()) {
                at++;
                boolean meant = quote == 0 || "\"\\$`".indexOf(text.charAt(at)) >= 0;
                word.append(meant ? "" : "\\").append(text.charAt(at));
            } else {
                word.append(c);
            }
        }
        return word.toString();
    }
}
