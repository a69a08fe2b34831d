package tscollector.exporter.otlp;

import java.util.Locale;

/** How requests are compressed. */
enum Compression {
    GZIP,
    NONE;

    /** The SDK's word. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
