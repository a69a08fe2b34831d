package tscollector.exposition;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An answer's body as UTF-8, which is what the parser reads. Expositions are UTF-8 whatever the content type is silent about; where
 * it names another character set, that one counts. TorchServe says UTF-8 also where its locale made it write something else: such
 * bytes become U+FFFD.
 */
final class BodyText {
    private static final Pattern CHARSET =
            Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\\s\";]+)", Pattern.CASE_INSENSITIVE);

    private BodyText() {}

    /** The body itself unless its content type names another character set that is known here. */
    static byte[] utf8(byte[] body, @Nullable String contentType) {
        if (contentType == null) {
            return body;
        }
        Matcher named = CHARSET.matcher(contentType);
        if (!named.find()) {
            return body;
        }
        String name = named.group(1).toUpperCase(Locale.ROOT);
        if (name.equals("UTF-8") || name.equals("US-ASCII")) {
            return body;
        }
        try {
            return new String(body, Charset.forName(name)).getBytes(StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return body; // nobody knows that one: UTF-8 is the likeliest
        }
    }
}
