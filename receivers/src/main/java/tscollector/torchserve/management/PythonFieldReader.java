package tscollector.torchserve.management;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/** Reads truth values, numbers and ids as a Python program takes them that does not look at their types. */
final class PythonFieldReader extends FieldReader {
    /** What Python prints where there is nothing. */
    static final String NONE = "None";

    private final JsonParser json;

    PythonFieldReader(JsonParser json) {
        super(json);
        this.json = json;
    }

    /** False for false, null, zero and an empty text; any other text is true, {@code "false"} too. */
    @Override
    boolean truth() {
        return switch (json.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_STRING -> json.getStringLength() > 0;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.getDoubleValue() != 0;
            default -> super.truth();
        };
    }

    /** Also 1 for true and 0 for false. */
    @Override
    double number() {
        return switch (json.currentToken()) {
            case VALUE_TRUE -> 1;
            case VALUE_FALSE -> 0;
            default -> super.number();
        };
    }

    /** Also what Python prints for null and truth values. */
    @Override
    @Nullable
    String id() {
        return switch (json.currentToken()) {
            case VALUE_NULL -> NONE;
            case VALUE_TRUE -> "True";
            case VALUE_FALSE -> "False";
            case VALUE_NUMBER_FLOAT -> json.getString();
            default -> super.id();
        };
    }

    @Override
    String pid() {
        String id = id();
        return id == null ? NONE : id;
    }
}
