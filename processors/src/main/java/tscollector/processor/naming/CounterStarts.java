package tscollector.processor.naming;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.resources.Resource;
import java.util.List;
import tscollector.reshape.PointChange;

/**
 * Start times for numbers that the server does not call counters and an entry does: the receiver gives those none. They are the
 * receiver's for counters: of series of a target's first run that run's time; of a series that appears later, or whose value
 * fell, the time of the run before; when strict, what the receiver says of each point. Remembers so many series and no more; one that was forgotten is as new. Thread-safe.
 */
final class CounterStarts {
    private record SeriesKey(Object target, String name, Attributes attributes) {}

    /** The times of a target's last two runs; 0 for none. */
    private static final class Runs {
        private long last; // guarded by this
        private long before; // guarded by this

        /** The time of the run before the one at {@code now}, which is {@code now} itself if there was none. */
        synchronized long before(long now) {
            if (now > last) {
                before = last;
                last = now;
            }
            return before == 0 ? now : before;
        }
    }

    /** One series. */
    private static final class Series {
        private boolean known; // guarded by this
        private double value; // guarded by this
        private long start; // guarded by this

        synchronized long start(double now, long startIfNew) {
            if (!known || now < value) {
                start = startIfNew;
            }
            known = true;
            value = now;
            return start;
        }
    }

    private final Recent<SeriesKey, Series> series;
    private final Recent<Object, Runs> runs;
    private final boolean strict;

    CounterStarts(int remembered, boolean strict) {
        this.strict = strict;
        this.series = new Recent<>(remembered);
        this.runs = new Recent<>(remembered);
    }

    /** What gives the points of a metric of a target their start times. */
    PointChange of(Resource resource, String name) {
        Object target = Targets.of(resource);
        Runs times = runs.get(target, Runs::new);
        return (point, attributes) -> {
            long before = times.before(point.getEpochNanos());
            long said = point.getStartEpochNanos();
            long startIfNew = strict && said != 0 ? said : before;
            SeriesKey key = new SeriesKey(target, name, point.getAttributes());
            long start = series.get(key, Series::new).start(Numbers.of(point), startIfNew);
            return started(point, attributes, start);
        };
    }

    private static PointData started(PointData point, Attributes attributes, long start) {
        if (point instanceof LongPointData number) {
            return LongPointData.create(start, point.getEpochNanos(), attributes, number.getValue());
        }
        return DoublePointData.create(start, point.getEpochNanos(), attributes, Numbers.of(point), List.of());
    }
}
