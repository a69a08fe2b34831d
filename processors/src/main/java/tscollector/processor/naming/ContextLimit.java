package tscollector.processor.naming;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.PointData;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tscollector.signal.MetricGroup;

/**
 * Cuts a group down to the first so many series, in the order in which the official check sends them: point by point, and all that
 * comes of a point or of one histogram's series together.
 */
final class ContextLimit {
    /** A series that would be sent. */
    private record Context(String name, Attributes attributes) {}

    /** One point of one planned metric. */
    private record Candidate(Planned planned, int position, PointData point) {}

    private final MetricGroup group;
    private final Set<Context> sent = new HashSet<>();
    private int left;
    private int dropped;

    private ContextLimit(MetricGroup group, int left) {
        this.group = group;
        this.left = left;
    }

    /**
     * What became of a group.
     *
     * @param left how many more series may be sent in this run
     * @param dropped points that were left out
     */
    record Outcome(int left, int dropped) {}

    /** Leaves out of the planned metrics what is beyond the first {@code limit} series. */
    static Outcome cut(MetricGroup group, List<Planned> planned, int limit) {
        ContextLimit counting = new ContextLimit(group, limit);
        for (int from = 0; from < planned.size(); ) {
            int to = from + 1;
            while (to < planned.size() && belongTogether(planned.get(from), planned.get(to))) {
                to++;
            }
            counting.count(planned.subList(from, to));
            from = to;
        }
        return new Outcome(counting.left, counting.dropped);
    }

    private static boolean belongTogether(Planned a, Planned b) {
        return a.metric() == b.metric()
                || (!a.isOwn()
                        && !b.isOwn()
                        && a.target().family().equals(b.target().family()));
    }

    /** Series of a histogram in parts differ by the parts' own attributes only. */
    private void count(List<Planned> family) {
        boolean oneMetric = family.stream()
                .allMatch(planned -> planned.metric() == family.get(0).metric());
        Map<Object, List<Candidate>> bySeries = new LinkedHashMap<>();
        for (Planned planned : family) {
            int position = 0;
            for (PointData point : group.metrics().get(planned.metric()).data().getPoints()) {
                Attributes attributes = planned.attributes().get(position);
                if (attributes != null) {
                    Object series = oneMetric ? position : withoutBounds(attributes);
                    bySeries.computeIfAbsent(series, key -> new ArrayList<>())
                            .add(new Candidate(planned, position, point));
                }
                position++;
            }
        }
        bySeries.values().forEach(candidates -> candidates.forEach(this::count));
    }

    private void count(Candidate candidate) {
        Planned planned = candidate.planned();
        int weight = planned.weight(candidate.point());
        Attributes attributes = planned.attributes().get(candidate.position());
        if (weight == 0 || attributes == null) {
            return;
        }
        Context context = new Context(planned.target().name(), attributes);
        if (sent.contains(context)) {
            return;
        }
        if (weight <= left) {
            left -= weight;
            sent.add(context);
        } else {
            left = 0;
            planned.attributes().set(candidate.position(), null);
            dropped++;
        }
    }

    private static Attributes withoutBounds(Attributes attributes) {
        return attributes.toBuilder()
                .remove(BucketBounds.UPPER)
                .remove(BucketBounds.LOWER)
                .build();
    }
}
