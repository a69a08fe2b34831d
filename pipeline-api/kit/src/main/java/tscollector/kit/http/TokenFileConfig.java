package tscollector.kit.http;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import tscollector.config.Config;
import tscollector.config.Problems;
import tscollector.config.Setting;

/** A token that others write into a file, and the header it goes into. */
public record TokenFileConfig(
        @Setting(
                doc = "The file. It is read when it is first needed, when it changes, and after a failure.",
                required = true,
                format = Setting.Format.NOT_EMPTY)
        String path,

        @Setting(
                doc =
                        "Regular expression that is searched in the file; its one group is the token. Absent: all that stands there.",
                format = Setting.Format.REGEX,
                example = "'token: (\\S+)'")
        @Nullable
        String pattern,

        @Setting(inline = true) TokenHeaderConfig header)
        implements Config {
    public static TokenFileConfig defaults() {
        return new TokenFileConfig("", null, TokenHeaderConfig.bare());
    }

    @Override
    public void validate(Problems problems) {
        if (pattern == null) {
            return;
        }
        int groups;
        try {
            groups = Pattern.compile(pattern).matcher("").groupCount();
        } catch (PatternSyntaxException e) {
            return; // the form was complained about already
        }
        problems.check("pattern", groups == 1, "must have exactly one group in parentheses, has " + groups);
    }
}
