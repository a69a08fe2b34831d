package tscollector.exporter.datadog;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.json.JsonFactory;

/** What the intake said, short enough for a log line. */
final class AnswerText {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int MOST_BYTES = 10_000; // of which far fewer characters are shown
    private static final int MOST_CHARS = 300;

    private AnswerText() {}

    /**
     * The texts in the list {@code errors}, else the body itself.
     *
     * @param secret not shown, even if the answer quotes it
     */
    static String of(byte[] body, String secret) {
        String errors = errors(body, secret);
        return errors.isEmpty()
                ? oneLine(new String(body, 0, Math.min(body.length, MOST_BYTES), StandardCharsets.UTF_8), secret)
                : errors;
    }

    /** The texts in the list {@code errors}; empty if it has none or the body is no JSON. */
    static String errors(byte[] body, String secret) {
        List<String> texts = new ArrayList<>();
        try (JsonParser json = JSON.createParser(tools.jackson.core.ObjectReadContext.empty(), body)) {
            boolean inErrors = false;
            int depth = 0;
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token.isStructStart()) {
                    depth++;
                } else if (token.isStructEnd()) {
                    depth--;
                } else if (token == JsonToken.PROPERTY_NAME && depth == 1) {
                    inErrors = "errors".equals(json.currentName());
                } else if (inErrors && token == JsonToken.VALUE_STRING) {
                    texts.add(json.getString());
                }
            }
        } catch (JacksonException e) {
            return "";
        }
        return oneLine(String.join("; ", texts), secret);
    }

    /** Masks before it cuts, so that no half of the secret is left; whoever quotes a header may have changed its case. */
    private static String oneLine(String text, String secret) {
        String clean = Pattern.compile(Pattern.quote(secret), Pattern.CASE_INSENSITIVE)
                .matcher(text)
                .replaceAll("****")
                .replaceAll("[\\p{Cntrl}\\s]+", " ")
                .strip();
        return clean.length() <= MOST_CHARS ? clean : clean.substring(0, MOST_CHARS - 3) + "...";
    }
}
