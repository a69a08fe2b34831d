package tscollector.torchserve;

import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** Makes JSON parsers for answers of servers: bounded in depth, in the length of numbers, names and texts. */
public final class JsonReading {
    /** Real answers have depth 3 to 8; longer ones are no answers of TorchServe's. */
    private static final int DEEPEST = 64;

    private static final int LONGEST_TEXT = 1 << 20;
    private static final int LONGEST_NAME = 10_000;
    private static final int LONGEST_NUMBER = 400;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxStringLength(LONGEST_TEXT)
                    .maxNameLength(LONGEST_NAME)
                    .maxNumberLength(LONGEST_NUMBER)
                    .build())
            .build();

    private JsonReading() {}

    /** A parser at the beginning of {@code body}; fails with {@code JacksonException} where it is no JSON. */
    public static JsonParser parser(byte[] body) {
        return FACTORY.createParser(ObjectReadContext.empty(), body);
    }
}
