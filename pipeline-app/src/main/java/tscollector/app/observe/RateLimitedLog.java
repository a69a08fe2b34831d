package tscollector.app.observe;

import io.opentelemetry.sdk.common.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;

/** Logs the first warning of a key at once and the next after its period, saying how many were left out. Thread-safe. */
final class RateLimitedLog {
    /** Keys that are remembered; beyond it the oldest is forgotten and may speak again. */
    private static final int MAX_KEYS = 1000;

    private final Logger logger;
    private final Clock clock;
    private final Map<String, Entry> entries = new LinkedHashMap<>() { // guarded by this
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Entry> eldest) {
                    return size() > MAX_KEYS;
                }
            };

    RateLimitedLog(Logger logger, Clock clock) {
        this.logger = logger;
        this.clock = clock;
    }

    void warnOncePer(Duration period, String key, String message) {
        long leftOut;
        synchronized (this) {
            long now = clock.nanoTime();
            Entry entry = entries.get(key);
            if (entry != null && now - entry.lastNanos < period.toNanos()) {
                entry.leftOut++;
                return;
            }
            leftOut = entry == null ? 0 : entry.leftOut;
            entries.put(key, new Entry(now));
        }
        if (leftOut == 0) {
            logger.warn("{}", message);
        } else {
            logger.warn("{} ({} more like this were left out)", message, leftOut);
        }
    }

    private static final class Entry {
        private final long lastNanos;
        private long leftOut;

        Entry(long lastNanos) {
            this.lastNanos = lastNanos;
        }
    }
}
