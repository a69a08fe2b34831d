package tscollector.kit.config;

/**
 * One thing that is wrong, or worth knowing, with its place.
 *
 * @param path of the setting, for instance {@code exporters.otlp_http.endpoint}; empty where a whole file is meant
 * @param text what follows the path
 */
public record Mistake(Place place, String path, String text) {
    /** {@code file:line:col: path text}, in one line. */
    public String headline() {
        return place + ": " + sentence();
    }

    /** The headline without the place. */
    public String sentence() {
        return Excerpt.withoutControlCharacters(path.isEmpty() ? text : path + " " + text);
    }

    /** The headline and the excerpt, each line ended by a line feed. */
    public String block() {
        return headline() + "\n" + Excerpt.of(place);
    }
}
