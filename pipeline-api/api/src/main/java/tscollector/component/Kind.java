package tscollector.component;

/** The five kinds of components; each has a section of its own in the configuration. */
public enum Kind {
    RECEIVER("receivers"),
    PROCESSOR("processors"),
    EXPORTER("exporters"),
    CONNECTOR("connectors"),
    EXTENSION("extensions");

    private final String section;

    Kind(String section) {
        this.section = section;
    }

    /** The key of the section that configures components of this kind, for instance {@code receivers}. */
    public String section() {
        return section;
    }

    /** The word for one component of this kind, for instance {@code receiver}. */
    public String word() {
        return section.substring(0, section.length() - 1);
    }
}
