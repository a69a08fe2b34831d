package tscollector.app.load;

/** Where a part of the configuration comes from. */
public sealed interface ConfigSource {
    /** A file, by its path as the user wrote it. */
    record File(String path) implements ConfigSource {}

    /**
     * A text that is there already.
     *
     * @param name what stands in front of line and column in messages
     */
    record Text(String name, String yaml) implements ConfigSource {}
}
