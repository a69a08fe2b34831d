package tscollector.kit.config;

import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;

/** What YAML 1.2's core schema takes a plain scalar for: {@code yes} is text, {@code 010} is the number ten. */
public enum ScalarKind {
    NULL,
    BOOLEAN,
    INTEGER,
    FLOAT,
    TEXT;

    private static final CoreScalarResolver RESOLVER = new CoreScalarResolver(false);

    /** The longest text that can be anything but text; saves regular expressions from long ones. */
    private static final int LONGEST_NUMBER = 100;

    /** What {@code text} is when it stands without quotes. */
    public static ScalarKind of(String text) {
        if (text.length() > LONGEST_NUMBER) {
            return TEXT;
        }
        Tag tag = RESOLVER.resolve(text, true);
        if (tag.equals(Tag.NULL)) {
            return NULL;
        }
        if (tag.equals(Tag.BOOL)) {
            return BOOLEAN;
        }
        if (tag.equals(Tag.INT)) {
            return INTEGER;
        }
        return tag.equals(Tag.FLOAT) ? FLOAT : TEXT;
    }
}
