package tscollector.kit.config;

/**
 * Where something stands.
 *
 * @param line begins with 1
 * @param column begins with 1, counts characters (code points)
 * @param length characters on this line that are meant, at least 1
 */
public record Place(YamlSource source, int line, int column, int length) {
    public Place {
        length = Math.max(1, length);
    }

    /** {@code file:line:col}. */
    @Override
    public String toString() {
        return source.name() + ":" + line + ":" + column;
    }
}
