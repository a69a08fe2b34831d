package tscollector.torchserve.management;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads truth values and pids as a Python program takes them that does not look at their types. */
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

    @Override
    String pid() {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return NONE;
        }
        String id = id();
        return id == null ? NONE : id;
    }
}
