package tscollector.exporter.datadog;

/** What the intake takes, each at its own path and with its own limits for one request. */
enum Route {
    SERIES("/api/v2/series", "series", Limits.SERIES_WIRE, Limits.SERIES_PLAIN),
    SKETCHES("/api/beta/sketches", "sketches", Limits.DEFAULT_WIRE, Limits.DEFAULT_PLAIN),
    CHECK_RUN("/api/v1/check_run", "check runs", Limits.DEFAULT_WIRE, Limits.DEFAULT_PLAIN),
    EVENTS("/api/v1/events", "events", Limits.DEFAULT_WIRE, Limits.DEFAULT_PLAIN),
    LOGS("/api/v2/logs", "logs", Limits.LOGS, Limits.LOGS),
    VALIDATE("/api/v1/validate", "key validation", 0, 0);

    private final String path;
    private final String word;
    private final int wireLimit;
    private final int plainLimit;

    Route(String path, String word, int wireLimit, int plainLimit) {
        this.path = path;
        this.word = word;
        this.wireLimit = wireLimit;
        this.plainLimit = plainLimit;
    }

    String path() {
        return path;
    }

    /** For messages and counters. */
    String word() {
        return word;
    }

    /** Most bytes of a body as it is sent. */
    int wireLimit() {
        return wireLimit;
    }

    /** Most bytes of a body before compression. */
    int plainLimit() {
        return plainLimit;
    }

    /** From Datadog's OpenAPI files; those without a public limit have the Agent's. */
    private static final class Limits {
        static final int SERIES_WIRE = 512_000;
        static final int SERIES_PLAIN = 5_242_880;
        static final int DEFAULT_WIRE = 2_621_440;
        static final int DEFAULT_PLAIN = 4_194_304;
        static final int LOGS = 5_000_000;
    }
}
