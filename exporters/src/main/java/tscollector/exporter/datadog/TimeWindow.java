package tscollector.exporter.datadog;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tscollector.datadog.IntakeTimes;

/** Which times the intake takes, seen from one moment. */
record TimeWindow(IntakeTimes times) {
    /** @param maxAge zero: however old */
    static TimeWindow around(long nowEpochNanos, Duration maxAge) {
        return new TimeWindow(IntakeTimes.around(nowEpochNanos, maxAge));
    }

    /** Why something of this second is not sent; null if it is. */
    @Nullable
    String objection(long second) {
        return times.objection(second);
    }
}
