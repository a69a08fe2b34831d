package tscollector.reshape;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tscollector.config.Config;
import tscollector.config.ConfigValue;
import tscollector.config.Hint;
import tscollector.config.Problems;
import tscollector.config.Setting;

/** One action on attributes, with the names and rules of the OpenTelemetry Collector's attributes processor. */
@Hint(key = "from_context", text = "nothing here knows who sent a batch; use from_attribute or a fixed value")
public record ActionConfig(
        @Setting(doc = "The attribute the action works on. delete and hash can do with pattern alone.") @Nullable
        String key,

        @Setting(
                doc =
                        "What to do: insert (where it is absent), update (where it is there), upsert (both), delete, hash (SHA-256 in hex), extract (named groups of pattern become attributes), convert.",
                required = true)
        @Nullable
        Operation action,

        @Setting(
                doc =
                        "For insert, update and upsert: text, a number, a truth value or a list of texts. Quote what shall stay text.",
                example = "production")
        @Nullable
        ConfigValue value,

        @Setting(
                doc = "For insert, update and upsert: the attribute whose value is copied; nothing happens without it.")
        @Nullable
        String fromAttribute,

        @Setting(
                doc =
                        "A regular expression. For extract: searched in the value, all its groups named. For delete and hash: every attribute in whose key it is found.",
                example = "^W-(?P<port>\\d+)-")
        @Nullable
        String pattern,

        @Setting(doc = "For convert: string, int, double or bool. A value that cannot be converted stays.") @Nullable
        ConvertedType convertedType)
        implements Config {

    /** The actions. */
    public enum Operation {
        INSERT,
        UPDATE,
        UPSERT,
        DELETE,
        HASH,
        EXTRACT,
        CONVERT
    }

    /** The types that {@code convert} can make. */
    public enum ConvertedType {
        STRING,
        INT,
        DOUBLE,
        BOOL
    }

    public static ActionConfig defaults() {
        return new ActionConfig(null, null, null, null, null, null);
    }

    @Override
    public void validate(Problems problems) {
        if (action == null) {
            return; // said already: it is required
        }
        boolean byPattern = action == Operation.DELETE || action == Operation.HASH;
        boolean sets = action == Operation.INSERT || action == Operation.UPDATE || action == Operation.UPSERT;
        boolean hasKey = key != null && !key.isEmpty();
        if (byPattern) {
            problems.check("", hasKey || pattern != null, "needs key or pattern");
        } else {
            problems.check("", hasKey, "needs key");
        }
        if (sets) {
            problems.check(
                    "", (value == null) != (fromAttribute == null), "needs exactly one of value and from_attribute");
        } else {
            refuse(problems, "value", value);
            refuse(problems, "from_attribute", fromAttribute);
        }
        if (value != null && ActionValue.read(value) == null) {
            problems.add("value", "must be text, a number, a truth value or a list of texts");
        }
        if (action == Operation.EXTRACT) {
            problems.check("", pattern != null, "needs pattern");
        } else if (!byPattern) {
            refuse(problems, "pattern", pattern);
        }
        if (pattern != null) {
            String mistake = NamedGroups.mistakeIn(pattern, action == Operation.EXTRACT);
            problems.check("pattern", mistake.isEmpty(), mistake);
        }
        if (action == Operation.CONVERT) {
            problems.check("", convertedType != null, "needs converted_type");
        } else {
            refuse(problems, "converted_type", convertedType);
        }
    }

    private void refuse(Problems problems, String setting, @Nullable Object given) {
        if (given != null && action != null) {
            problems.add(setting, "is not used by " + action.name().toLowerCase(Locale.ROOT) + "; leave it out");
        }
    }
}
