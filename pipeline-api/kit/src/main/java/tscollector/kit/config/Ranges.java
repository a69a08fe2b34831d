package tscollector.kit.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tscollector.config.Secret;
import tscollector.config.Setting;

/** Checks single values against what {@link Setting} says about them. */
final class Ranges {
    private final Formats formats;

    Ranges(Formats formats) {
        this.formats = formats;
    }

    /** What follows the path in the message, or null if the value is fine. */
    @Nullable
    String fault(ValueType.Single type, Setting setting, Object value, String text) {
        return switch (type) {
            case INT, LONG, DOUBLE, SIZE -> range(type, setting, value, text);
            case DURATION -> {
                String fault = range(type, setting, value, text);
                yield fault == null && setting.min().isEmpty() && ((Duration) value).isNegative()
                        ? "must not be negative" + Formats.was(text)
                        : fault;
            }
            case TEXT -> formats.fault(setting.format(), text);
            case SECRET -> ((Secret) value).isEmpty() && setting.required() ? "must not be empty" : null;
            case BOOLEAN, ID -> null;
        };
    }

    private static @Nullable String range(ValueType.Single type, Setting setting, Object value, String text) {
        boolean tooSmall =
                !setting.min().isEmpty() && SingleValues.compare(type, value, bound(type, setting.min())) < 0;
        boolean tooGreat =
                !setting.max().isEmpty() && SingleValues.compare(type, value, bound(type, setting.max())) > 0;
        return tooSmall || tooGreat ? "must be " + words(setting) + Formats.was(text) : null;
    }

    /** {@code at least 1}, {@code at most 9}, {@code from 1 to 9}, or nothing. */
    static String words(Setting setting) {
        if (setting.min().isEmpty()) {
            return setting.max().isEmpty() ? "" : "at most " + setting.max();
        }
        return setting.max().isEmpty() ? "at least " + setting.min() : "from " + setting.min() + " to " + setting.max();
    }

    static Object bound(ValueType.Single type, String text) {
        YamlSource nowhere = new YamlSource("", "", 0);
        return SingleValues.read(
                type,
                new YamlNode.Scalar(
                        nowhere.at(1, 1), new YamlSource.Span(1, 1, 1, 1), text, true, YamlNode.Expansion.NONE, null));
    }

    /** What a setting of this type must be, with its article. */
    static String article(ValueType type) {
        if (type instanceof ValueType.Choice choice) {
            return "one of "
                    + String.join(", ", choice.words().stream().sorted().toList());
        }
        return switch ((ValueType.Single) type) {
            case BOOLEAN -> "true or false";
            case INT, LONG -> "a whole number";
            case DOUBLE -> "a number";
            case TEXT -> "text";
            case DURATION -> "a duration such as 15s";
            case SIZE -> "a size such as 4MiB";
            case SECRET -> "a single value";
            case ID -> "a component's id";
        };
    }
}
