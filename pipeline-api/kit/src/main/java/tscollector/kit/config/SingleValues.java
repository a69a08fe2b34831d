package tscollector.kit.config;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Locale;
import tscollector.component.ComponentId;
import tscollector.config.DataSize;
import tscollector.config.Secret;

/** Turns single values into Java objects. Every failure is an {@link IllegalArgumentException} with what follows the path. */
final class SingleValues {
    private SingleValues() {}

    static Object read(ValueType.Single type, YamlNode.Scalar scalar) {
        String text = scalar.text();
        return switch (type) {
            case BOOLEAN -> bool(scalar);
            case INT -> whole(scalar, Integer.MIN_VALUE, Integer.MAX_VALUE).intValueExact();
            case LONG -> whole(scalar, Long.MIN_VALUE, Long.MAX_VALUE).longValueExact();
            case DOUBLE -> number(scalar);
            case TEXT -> text;
            case DURATION -> duration(text);
            case SIZE -> size(text);
            case SECRET -> new Secret(text);
            case ID -> id(text);
        };
    }

    /** The constant of an enum; upper case is understood too. */
    static Object choice(ValueType.Choice type, String text) {
        for (Enum<?> constant : type.type().getEnumConstants()) {
            if (ValueType.Choice.word(constant).equals(text.toLowerCase(Locale.ROOT))) {
                return constant;
            }
        }
        java.util.List<String> words = type.words().stream().sorted().toList();
        throw new IllegalArgumentException("must be " + (words.size() == 1 ? "" : "one of ") + String.join(", ", words)
                + Formats.was(text) + Nearest.suggestion(text, words));
    }

    /** Compares two values of the same ordered type. */
    static int compare(ValueType.Single type, Object a, Object b) {
        return switch (type) {
            case INT -> Integer.compare((Integer) a, (Integer) b);
            case LONG -> Long.compare((Long) a, (Long) b);
            case DOUBLE -> Double.compare((Double) a, (Double) b);
            case DURATION -> ((Duration) a).compareTo((Duration) b);
            case SIZE -> Long.compare(((DataSize) a).bytes(), ((DataSize) b).bytes());
            case BOOLEAN, TEXT, SECRET, ID -> throw new IllegalStateException(type + " has no range");
        };
    }

    private static Boolean bool(YamlNode.Scalar scalar) {
        if (scalar.kind() == ScalarKind.BOOLEAN) {
            return scalar.text().toLowerCase(Locale.ROOT).equals("true");
        }
        boolean quoted = ScalarKind.of(scalar.text()) == ScalarKind.BOOLEAN;
        throw new IllegalArgumentException(
                "must be true or false" + (quoted ? ", without quotes" : Formats.was(scalar.text())));
    }

    private static BigInteger whole(YamlNode.Scalar scalar, long min, long max) {
        if (scalar.kind() != ScalarKind.INTEGER) {
            boolean quoted = ScalarKind.of(scalar.text()) == ScalarKind.INTEGER;
            throw new IllegalArgumentException(
                    "must be a whole number" + (quoted ? ", without quotes" : Formats.was(scalar.text())));
        }
        BigInteger number = integer(scalar.text());
        if (number.compareTo(BigInteger.valueOf(min)) < 0 || number.compareTo(BigInteger.valueOf(max)) > 0) {
            throw new IllegalArgumentException(
                    "must be a whole number from " + min + " to " + max + Formats.was(scalar.text()));
        }
        return number;
    }

    private static BigInteger integer(String text) {
        if (text.startsWith("0x")) {
            return new BigInteger(text.substring(2), 16);
        }
        if (text.startsWith("0o")) {
            return new BigInteger(text.substring(2), 8);
        }
        return new BigInteger(text);
    }

    private static Double number(YamlNode.Scalar scalar) {
        if (scalar.kind() == ScalarKind.INTEGER) {
            return integer(scalar.text()).doubleValue();
        }
        if (scalar.kind() == ScalarKind.FLOAT
                && !scalar.text().toLowerCase(Locale.ROOT).matches(".*(nan|inf)")) {
            double number = Double.parseDouble(scalar.text());
            if (Double.isFinite(number)) {
                return number;
            }
        }
        throw new IllegalArgumentException("must be a number" + Formats.was(scalar.text()));
    }

    private static Duration duration(String text) {
        try {
            return DurationText.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + Formats.was(text), e);
        }
    }

    private static DataSize size(String text) {
        try {
            return DataSize.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + Formats.was(text), e);
        }
    }

    private static ComponentId id(String text) {
        try {
            return ComponentId.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "must be a component's id, type or type/name: " + e.getMessage() + Formats.was(text), e);
        }
    }
}
