package tscollector.kit.http;

import tscollector.config.Config;
import tscollector.config.Problems;
import tscollector.config.Setting;

/** The header that a token goes into, flat in the section that says where the token comes from. */
public record TokenHeaderConfig(
        @Setting(doc = "The header that the token goes into.")
        String header,

        @Setting(doc = "The header's value; the placeholder in it stands for the token.")
        String value,

        @Setting(doc = "What the token takes the place of.", format = Setting.Format.NOT_EMPTY)
        String placeholder)
        implements Config {
    private static final String TOKEN = "<TOKEN>";

    /** The token and nothing else. */
    static TokenHeaderConfig bare() {
        return new TokenHeaderConfig("Authorization", TOKEN, TOKEN);
    }

    /** RFC 6750. */
    static TokenHeaderConfig bearer() {
        return new TokenHeaderConfig("Authorization", "Bearer " + TOKEN, TOKEN);
    }

    @Override
    public void validate(Problems problems) {
        problems.check("header", HeaderText.isName(header), "is not a name that a header can have");
        problems.check("value", HeaderText.isValue(value), "must be printable ASCII");
        problems.check(
                "value",
                placeholder.isEmpty() || value.contains(placeholder),
                "must contain the placeholder, " + placeholder);
    }

    /** What is sent for a token. */
    Authorizer.HeaderLine with(String token) {
        return new Authorizer.HeaderLine(RequestHeaders.lower(header), value.replace(placeholder, token));
    }
}
