package tscollector.testkit.datadog;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code /api/v2/series}, JSON and protobuf, and refuses what breaks a rule. */
final class SeriesReader {
    private static final int MOST_POINTS = 10_000; // the Agent's own rule for one payload
    private static final Set<String> KEYS =
            Set.of("metric", "points", "type", "interval", "resources", "tags", "unit", "source_type_name", "metadata");

    private final Windows windows;

    SeriesReader(Windows windows) {
        this.windows = windows;
    }

    List<AcceptedSeries> json(byte[] body) throws Refusal {
        Map<String, @Nullable Object> payload = Json.map(Json.parse(body), "the payload");
        Json.onlyKeys(payload, Set.of("series"), "the payload");
        List<AcceptedSeries> all = new ArrayList<>();
        for (Object item : Json.list(payload.get("series"), "series")) {
            all.add(one(Json.map(item, "a series")));
        }
        return checked(all);
    }

    List<AcceptedSeries> protobuf(byte[] body) throws Refusal {
        Proto payload = new Proto(body);
        List<AcceptedSeries> all = new ArrayList<>();
        while (payload.next()) {
            if (payload.field() != 1) {
                throw payload.unknown("MetricPayload");
            }
            all.add(one(payload.message()));
        }
        return checked(all);
    }

    private static AcceptedSeries one(Map<String, @Nullable Object> map) throws Refusal {
        Json.onlyKeys(map, KEYS, "a series");
        List<AcceptedSeries.Point> points = new ArrayList<>();
        for (Object item : Json.list(map.get("points"), "points")) {
            Map<String, @Nullable Object> point = Json.map(item, "a point");
            Json.onlyKeys(point, Set.of("timestamp", "value"), "a point");
            points.add(new AcceptedSeries.Point(
                    Json.whole(point.get("timestamp"), "timestamp"), Json.number(point.get("value"), "value")));
        }
        List<AcceptedSeries.Resource> resources = new ArrayList<>();
        if (map.containsKey("resources")) {
            for (Object item : Json.list(map.get("resources"), "resources")) {
                Map<String, @Nullable Object> resource = Json.map(item, "a resource");
                Json.onlyKeys(resource, Set.of("type", "name"), "a resource");
                resources.add(new AcceptedSeries.Resource(
                        Json.text(resource.get("type"), "resource type"),
                        Json.text(resource.get("name"), "resource name")));
            }
        }
        return new AcceptedSeries(
                Json.text(map.get("metric"), "metric"),
                (int) Json.whole(map.get("type"), "type"),
                resources,
                map.containsKey("tags") ? Json.texts(map.get("tags"), "tags") : List.of(),
                points,
                map.containsKey("interval") ? Json.whole(map.get("interval"), "interval") : 0,
                map.containsKey("unit") ? Json.text(map.get("unit"), "unit") : "",
                map.containsKey("source_type_name") ? Json.text(map.get("source_type_name"), "source_type_name") : "");
    }

    private static AcceptedSeries one(Proto series) throws Refusal {
        String metric = "";
        int type = 0;
        long interval = 0;
        String unit = "";
        String source = "";
        List<AcceptedSeries.Resource> resources = new ArrayList<>();
        List<String> tags = new ArrayList<>();
        List<AcceptedSeries.Point> points = new ArrayList<>();
        while (series.next()) {
            switch (series.field()) {
                case 1 -> resources.add(resource(series.message()));
                case 2 -> metric = series.text();
                case 3 -> tags.add(series.text());
                case 4 -> points.add(point(series.message()));
                case 5 -> type = (int) series.varint();
                case 6 -> unit = series.text();
                case 7 -> source = series.text();
                case 8 -> interval = series.varint();
                case 9 -> series.message(); // metadata: classification only
                default -> throw series.unknown("MetricSeries");
            }
        }
        return new AcceptedSeries(metric, type, resources, tags, points, interval, unit, source);
    }

    private static AcceptedSeries.Resource resource(Proto resource) throws Refusal {
        String type = "";
        String name = "";
        while (resource.next()) {
            switch (resource.field()) {
                case 1 -> type = resource.text();
                case 2 -> name = resource.text();
                default -> throw resource.unknown("Resource");
            }
        }
        return new AcceptedSeries.Resource(type, name);
    }

    private static AcceptedSeries.Point point(Proto point) throws Refusal {
        double value = 0;
        long timestamp = 0;
        while (point.next()) {
            switch (point.field()) {
                case 1 -> value = point.number();
                case 2 -> timestamp = point.varint();
                default -> throw point.unknown("MetricPoint");
            }
        }
        return new AcceptedSeries.Point(timestamp, value);
    }

    private List<AcceptedSeries> checked(List<AcceptedSeries> all) throws Refusal {
        Refusal.unless(!all.isEmpty(), "there is no series");
        long points = 0;
        for (AcceptedSeries series : all) {
            check(series);
            points += series.points().size();
        }
        Refusal.unless(points <= MOST_POINTS, points + " points in one payload");
        return all;
    }

    private void check(AcceptedSeries series) throws Refusal {
        String metric = series.metric();
        Names.metric(metric);
        Names.tags(series.tags(), metric);
        Refusal.unless(series.type() >= 1 && series.type() <= 3, metric + " has type " + series.type());
        Refusal.unless(series.interval() >= 0, metric + " has interval " + series.interval());
        Refusal.unless(
                series.type() != AcceptedSeries.RATE || series.interval() > 0, metric + " is a rate without interval");
        Refusal.unless(!series.points().isEmpty(), metric + " has no point");
        long hosts = series.resources().stream()
                .filter(resource -> resource.type().equals("host"))
                .count();
        Refusal.unless(hosts <= 1, metric + " has " + hosts + " hosts");
        for (AcceptedSeries.Resource resource : series.resources()) {
            Refusal.unless(!resource.type().isEmpty(), metric + " has a resource without type");
        }
        for (AcceptedSeries.Point point : series.points()) {
            Refusal.unless(Double.isFinite(point.value()), metric + " has the value " + point.value());
            windows.point(point.timestamp());
        }
    }
}
