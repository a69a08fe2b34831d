package tscollector.exporter.datadog;

/** What the intake takes, each at its own path and with its own limits for one request. */
enum Route {
    SERIES("/api/v2/series", "series", Limits.SERIES_WIRE, Limits.SERIES_PLAIN, Limits.AGENT_POINTS),
    SKETCHES("/api/beta/sketches", "sketches", Limits.DEFAULT_WIRE, Limits.DEFAULT_PLAIN, Limits.AGENT_POINTS),
    CHECK_RUN("/api/v1/check_run", "check runs", Limits.DEFAULT_WIRE, Limits.DEFAULT_PLAIN, Limits.AGENT_POINTS),
    EVENTS("/api/v1/events", "events", Limits.DEFAULT_WIRE, Limits.DEFAULT_PLAIN, 1),
    LOGS("/api/v2/logs", "logs", Limits.LOGS, Limits.LOGS, Limits.LOG_ITEMS),
    VALIDATE("/api/v1/validate", "key validation", 0, 0, 0);

    private final String path;
    private final String word;
    private final int wireLimit;
    private final int plainLimit;
    private final int mostPoints;

    Route(String path, String word, int wireLimit, int plainLimit, int mostPoints) {
        this.path = path;
        this.word = word;
        this.wireLimit = wireLimit;
        this.plainLimit = plainLimit;
        this.mostPoints = mostPoints;
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

    /** Most points, check runs, events or logs in one request. */
    int mostPoints() {
        return mostPoints;
    }

    /** From Datadog's OpenAPI files; those without a public limit have the Agent's. */
    private static final class Limits {
        static final int SERIES_WIRE = 512_000;
        static final int SERIES_PLAIN = 5_242_880;
        static final int DEFAULT_WIRE = 2_621_440;
        static final int DEFAULT_PLAIN = 4_194_304;
        static final int LOGS = 5_000_000;
        static final int LOG_ITEMS = 1000;
        static final int AGENT_POINTS = 10_000;
    }
}
