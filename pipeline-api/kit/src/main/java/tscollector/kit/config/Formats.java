package tscollector.kit.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import tscollector.config.Setting;

/** The checks of {@link Setting.Format}: each says what is wrong with a text, or nothing. */
final class Formats {
    private static final Pattern HTTP = Pattern.compile("https?://.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern UNIX = Pattern.compile("unix://.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,9}");
    private static final Pattern HOST =
            Pattern.compile("[^\\s/?#@:\\[\\]\\\\<>\"{}|^`]+|\\[[0-9a-fA-F:.]+(%[\\w.]+)?]");
    private static final int GREATEST_PORT = 65_535;
    private static final int LONGEST_REGEX = 10_000;

    private final Surroundings surroundings;

    Formats(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** What follows the path in the message, or null if the text is fine. */
    @Nullable
    String fault(Setting.Format format, String text) {
        return switch (format) {
            case ANY -> null;
            case NOT_EMPTY -> text.isEmpty() ? "must not be empty" : null;
            case HTTP_URL -> httpUrl(text);
            case HTTP_OR_UNIX_URL -> UNIX.matcher(text).matches() ? unixUrl(text) : httpOrUnix(httpUrl(text));
            case HOST_PORT ->
                text.contains("://")
                        ? httpUrl(text)
                        : authority(text, true, "must be host:port, or begin with http:// or https://" + was(text));
            case REGEX -> regex(text);
            case EXISTING_FILE -> file(text, surroundings.obstacle(text));
            case EXISTING_PATH -> file(text, surroundings.obstacleToPath(text));
        };
    }

    private static @Nullable String httpUrl(String text) {
        if (!HTTP.matcher(text).matches()) {
            // without a scheme, what stands before an @ may still be a password
            return "must start with http:// or https://" + (text.contains("://") ? was(text) : wasNoUrl(text));
        }
        String rest = text.substring(text.indexOf("://") + 3);
        int end = rest.split("[/?#]", 2)[0].length();
        if (rest.indexOf('@') > end && rest.substring(0, end).matches(".*:.*[^0-9].*|.*:[0-9]{6,}")) {
            return "has a character in user or password that must be written as % and two digits, such as %2F for /";
        }
        String authority = rest.substring(0, end);
        String address = authority.substring(authority.lastIndexOf('@') + 1);
        String fault = authority(
                address,
                false,
                address.isEmpty() || (address.startsWith(":") && !address.startsWith("::"))
                        ? "must have a host after " + text.substring(0, text.indexOf("://") + 3)
                        : "has no valid host" + was(address));
        if (fault != null) {
            return fault;
        }
        try {
            URI unused = new URI(text);
            return null;
        } catch (URISyntaxException e) {
            return "is not a valid URL" + where(e.getIndex(), text) + was(text);
        }
    }

    private static @Nullable String authority(String text, boolean needsPort, String otherwise) {
        int colon = text.endsWith("]") ? -1 : text.lastIndexOf(':');
        String host = colon < 0 ? text : text.substring(0, colon);
        if (!HOST.matcher(host).matches() || (needsPort && colon < 0)) {
            return otherwise;
        }
        if (colon < 0) {
            return null;
        }
        String port = text.substring(colon + 1);
        if (!DIGITS.matcher(port).matches()) {
            return "has the port \"" + port + "\"; a port is a number from 1 to " + GREATEST_PORT;
        }
        int number = Integer.parseInt(port);
        return number >= 1 && number <= GREATEST_PORT
                ? null
                : "has the port " + port + "; ports go from 1 to " + GREATEST_PORT;
    }

    private static @Nullable String httpOrUnix(@Nullable String fault) {
        return fault == null ? null : fault.replace("http:// or https://", "http://, https:// or unix://");
    }

    private static @Nullable String unixUrl(String text) {
        try {
            URI uri = new URI(text);
            boolean hasSocket = uri.getRawAuthority() == null
                    ? uri.getRawPath().length() > 1
                    : uri.getRawAuthority().startsWith("%2F")
                            || uri.getRawAuthority().startsWith("%2f");
            return hasSocket
                    ? null
                    : "must have the absolute path of a socket after unix://, such as unix:///run/ts.sock/metrics"
                            + was(text);
        } catch (URISyntaxException e) {
            return e.getInput().equals("unix://")
                    ? "must have the absolute path of a socket after unix://, such as unix:///run/ts.sock/metrics"
                    : "is not a valid URL" + where(e.getIndex(), text) + was(text);
        }
    }

    private static @Nullable String file(String text, @Nullable String obstacle) {
        return obstacle == null ? null : "names the file " + quote(text) + ", which " + obstacle;
    }

    private static @Nullable String regex(String text) {
        if (text.length() > LONGEST_REGEX) {
            return "is longer than " + LONGEST_REGEX + " characters";
        }
        try {
            Pattern unused = Pattern.compile(text);
            return null;
        } catch (PatternSyntaxException e) {
            return "is not a valid regular expression: " + explain(e.getDescription()) + where(index(e), text);
        } catch (StackOverflowError e) {
            // java.util.regex compiles groups recursively
            return "is not a valid regular expression: its groups are nested too deeply";
        }
    }

    /** Java stands one before a bracket that closes nothing. */
    private static int index(PatternSyntaxException fault) {
        return fault.getDescription().startsWith("Unmatched closing") ? fault.getIndex() + 1 : fault.getIndex();
    }

    private static String where(int index, String text) {
        return index < 0 ? "" : index >= text.length() ? " at its end" : " at character " + (index + 1);
    }

    private static String explain(String description) {
        String d = description.toLowerCase(Locale.ROOT);
        if (d.contains("unclosed group")) {
            return "a \"(\" is not closed";
        }
        if (d.contains("unmatched closing")) {
            return "a \")\" closes nothing";
        }
        if (d.contains("character class")) {
            return "a \"[\" is not closed";
        }
        if (d.contains("dangling")) {
            return "there is nothing to repeat before a \"*\", \"+\" or \"?\"";
        }
        if (d.contains("counted closure") || d.contains("repetition")) {
            return "a \"{\" begins no repetition such as {2,5}; write \\{ for the character";
        }
        if (d.contains("character range")) {
            return "a range in brackets runs backwards";
        }
        if (d.contains("property") || d.contains("character family") || d.contains("script")) {
            return "a \\p{...} names no class of characters";
        }
        if (d.contains("look-behind")) {
            return "a look-behind has no greatest length";
        }
        if (d.contains("inline modifier") || d.contains("look-ahead") || d.contains("unknown group type")) {
            return "a \"(?\" is followed by something unknown";
        }
        if (d.contains("group name") || d.contains("capturing group")) {
            return "the name of a group is not valid, not closed, used twice or not defined";
        }
        if (d.contains("escape") || d.contains("control") || d.contains("internal error")) {
            return "a backslash is followed by something that has no meaning";
        }
        return "it cannot be understood";
    }

    /** {@code , was "text"}: what the value is after the variables were replaced, without passwords, shortened. */
    static String was(String text) {
        return ", was " + quote(text);
    }

    private static String wasNoUrl(String text) {
        return was(text.replaceFirst("(?s)\\A.*@", "****@"));
    }

    private static String quote(String text) {
        String shown = Excerpt.withoutAnyUserInfo(text);
        return "\"" + (shown.length() > 80 ? shown.substring(0, 77) + "..." : shown) + "\"";
    }
}
