package tscollector.processor.modeldiff;

import org.jspecify.annotations.Nullable;

/**
 * One difference between two lists.
 *
 * @param url the archive now; of what was removed, the one it had
 * @param version likewise
 */
record Change(
        Kind kind,
        String model,
        @Nullable String url,
        @Nullable String previousUrl,
        @Nullable String version,
        @Nullable String previousVersion) {
    /** The kinds, with their event names. */
    enum Kind {
        MODEL_REMOVED("torchserve.model.removed"),
        DEFAULT_VERSION_CHANGED("torchserve.model.default_version.changed"),
        VERSION_REMOVED("torchserve.model.version.removed"),
        VERSION_ADDED("torchserve.model.version.added"),
        MODEL_ADDED("torchserve.model.added");

        private final String eventName;

        Kind(String eventName) {
            this.eventName = eventName;
        }

        String eventName() {
            return eventName;
        }

        /** Whether the official check has it too. */
        boolean isOfficial() {
            return this == MODEL_REMOVED || this == DEFAULT_VERSION_CHANGED || this == MODEL_ADDED;
        }
    }

    static Change of(Kind kind, String model, @Nullable String url, @Nullable String version) {
        return new Change(kind, model, url, null, version, null);
    }

    /** The difference as a sentence. */
    String sentence() {
        return switch (kind) {
            case MODEL_REMOVED -> "Model " + model + " was removed.";
            case MODEL_ADDED -> "Model " + model + " was added" + with(version, url) + ".";
            case VERSION_REMOVED -> "Version " + version + " of model " + model + " was removed.";
            case VERSION_ADDED -> "Version " + version + " of model " + model + " was added" + with(null, url) + ".";
            case DEFAULT_VERSION_CHANGED ->
                "The default version of model " + model + " changed" + fromTo(previousVersion, version)
                        + fromToArchive() + ".";
        };
    }

    private static String with(@Nullable String version, @Nullable String url) {
        String first = version == null ? "" : " in version " + version;
        return url == null ? first : first + " from archive " + url;
    }

    private static String fromTo(@Nullable String from, @Nullable String to) {
        return (from == null ? "" : " from " + from) + (to == null ? "" : " to " + to);
    }

    private String fromToArchive() {
        String archives = fromTo(previousUrl, url);
        return archives.isEmpty() ? "" : " (archive" + archives + ")";
    }
}
