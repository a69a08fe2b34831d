package tscollector.processor.naming;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.PointData;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tscollector.signal.MetricGroup;

/**
 * Cuts a group down to the first so many series, in the order in which the official check sends them: point by point, and all that
 * comes of a point or of one histogram's series together; of the management API all of a model, a version and a worker together.
 */
final class ContextLimit {
    private static final String OF_MODELS = "torchserve.management_api.model.";
    private static final AttributeKey<String> QUANTILE = AttributeKey.stringKey(SeriesLabels.QUANTILE);
    private static final List<AttributeKey<String>> OWNERS = List.of(
            AttributeKey.stringKey("model_name"),
            AttributeKey.stringKey("model_version"),
            AttributeKey.stringKey("worker_id"));

    /** A series that would be sent. */
    private record Context(String name, Attributes attributes) {}

    /** One point, and where its model, version and worker stand. */
    private record Placed(Candidate candidate, List<Integer> place) {}

    /** One point of one planned metric. */
    private record Candidate(Planned planned, int position, PointData point) {}

    private final MetricGroup group;
    private final Set<Context> sent = new HashSet<>();
    private final boolean strict;
    private int left;
    private int dropped;

    private ContextLimit(MetricGroup group, int left, boolean strict) {
        this.group = group;
        this.left = left;
        this.strict = strict;
    }

    /**
     * What became of a group.
     *
     * @param left how many more series may be sent in this run
     * @param dropped points that were left out
     */
    record Outcome(int left, int dropped) {}

    /**
     * Leaves out of the planned metrics what is beyond the first {@code limit} series.
     *
     * @param strict whether each of several series that become one counts, as for the check
     */
    static Outcome cut(MetricGroup group, List<Planned> planned, int limit, boolean strict) {
        ContextLimit counting = new ContextLimit(group, limit, strict);
        if (planned.stream().anyMatch(ContextLimit::isOfAModel)) {
            counting.countByModel(planned);
            return new Outcome(counting.left, counting.dropped);
        }
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

    /** Where a group has points that are no numbers: the official check sends none of them. */
    static List<Long> notFinite(MetricGroup group) {
        List<Long> found = new ArrayList<>();
        for (int metric = 0; metric < group.metrics().size(); metric++) {
            int position = 0;
            for (PointData point : group.metrics().get(metric).data().getPoints()) {
                if (!Numbers.isFinite(point)) {
                    found.add(((long) metric << Integer.SIZE) + position);
                }
                position++;
            }
        }
        return found;
    }

    private static boolean isOfAModel(Planned planned) {
        return planned.isOwn() && planned.target().name().startsWith(OF_MODELS);
    }

    /** Models, versions and workers in the order in which they are first seen, each before what it has. */
    private void countByModel(List<Planned> planned) {
        List<Placed> all = new ArrayList<>();
        Map<List<String>, Integer> places = new HashMap<>();
        for (Planned each : planned) {
            int position = 0;
            for (PointData point : group.metrics().get(each.metric()).data().getPoints()) {
                Candidate candidate = new Candidate(each, position++, point);
                all.add(new Placed(candidate, place(point.getAttributes(), places)));
            }
        }
        all.sort(Comparator.comparing(Placed::place, ContextLimit::byFirstDifference));
        all.forEach(each -> count(each.candidate()));
    }

    private static List<Integer> place(Attributes attributes, Map<List<String>, Integer> places) {
        List<String> path = new ArrayList<>();
        List<Integer> place = new ArrayList<>();
        for (AttributeKey<String> key : OWNERS) {
            String value = attributes.get(key);
            if (value == null) {
                break;
            }
            path.add(value);
            place.add(places.computeIfAbsent(List.copyOf(path), p -> places.size()));
        }
        return place;
    }

    private static int byFirstDifference(List<Integer> a, List<Integer> b) {
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
            int order = Integer.compare(a.get(i), b.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.size(), b.size());
    }

    private static boolean belongTogether(Planned a, Planned b) {
        return a.metric() == b.metric()
                || (!a.isOwn()
                        && !b.isOwn()
                        && a.target().family().equals(b.target().family()));
    }

    /** Series of a histogram or summary in parts differ by the parts' own attributes only. */
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
        if (!strict && sent.contains(context)) {
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
                .remove(QUANTILE)
                .build();
    }
}
