package tscollector.app.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads OTLP JSON, one request a line, whoever wrote it: what a field left out means is filled in, numbers are compared as
 * numbers, attributes are a map, and how points were batched is forgotten.
 */
final class OtlpFile {
    private static final JsonMapper JSON = new JsonMapper();

    /** A data point with everything that it belongs to; {@code value} is a text with kind and all numbers of it. */
    record Point(
            Map<String, Object> resource,
            String scope,
            String name,
            String kind,
            String unit,
            String description,
            Map<String, Object> attributes,
            long start,
            long time,
            String value) {
        /** Of a gauge or sum. */
        double number() {
            return Double.parseDouble(value.substring(value.indexOf(' ') + 1));
        }

        String attribute(String key) {
            return String.valueOf(attributes.get(key));
        }
    }

    /** A log record with everything that it belongs to. */
    record Event(
            Map<String, Object> resource,
            String scope,
            String name,
            String severity,
            Object body,
            Map<String, Object> attributes,
            long time,
            long observed,
            String context) {
        String attribute(String key) {
            return String.valueOf(attributes.get(key));
        }
    }

    private OtlpFile() {}

    /** All points in the order of the file; none if there is no file yet. A line that is still being written is left out. */
    static List<Point> points(Path file) {
        List<Point> points = new ArrayList<>();
        eachScope(
                file,
                "resourceMetrics",
                "scopeMetrics",
                (resource, scope, node) ->
                        node.path("metrics").forEach(metric -> addPoints(points, resource, scope, metric)));
        return points;
    }

    /** All records, likewise. */
    static List<Event> events(Path file) {
        List<Event> events = new ArrayList<>();
        eachScope(
                file,
                "resourceLogs",
                "scopeLogs",
                (resource, scope, node) -> node.path("logRecords")
                        .forEach(log -> events.add(new Event(
                                resource,
                                scope,
                                log.path("eventName").asString(""),
                                number(log, "severityNumber") + " "
                                        + log.path("severityText").asString(""),
                                value(log.path("body")),
                                attributes(log),
                                number(log, "timeUnixNano"),
                                number(log, "observedTimeUnixNano"),
                                log.path("traceId").asString("")
                                        + log.path("spanId").asString("")
                                        + number(log, "flags")))));
        return events;
    }

    /** Fails unless both hold the same, each as often, and says what only one of them has. */
    static <T> void assertSame(List<T> ours, List<T> theirs) {
        Map<T, Long> difference = counts(ours);
        counts(theirs).forEach((item, count) -> difference.merge(item, -count, Long::sum));
        List<String> sample = difference.entrySet().stream()
                .filter(entry -> entry.getValue() != 0)
                .map(entry -> (entry.getValue() > 0 ? "only ours: " : "only theirs: ") + entry.getKey())
                .toList();
        assertThat(sample.stream().limit(6).toList())
                .as("%d differences of %d and %d", sample.size(), ours.size(), theirs.size())
                .isEmpty();
        assertThat(ours).as("what is compared").isNotEmpty();
    }

    private static <T> Map<T, Long> counts(List<T> items) {
        return items.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    private interface ScopeReader {
        void read(Map<String, Object> resource, String scope, JsonNode node);
    }

    private static void eachScope(Path file, String resources, String scopes, ScopeReader reader) {
        eachLine(
                file,
                request -> request.path(resources).forEach(resource -> {
                    Map<String, Object> attributes = attributes(resource.path("resource"));
                    resource.path(scopes).forEach(node -> {
                        JsonNode scope = node.path("scope");
                        reader.read(
                                attributes,
                                scope.path("name").asString("") + " "
                                        + scope.path("version").asString("") + attributes(scope)
                                        + node.path("schemaUrl").asString("")
                                        + resource.path("schemaUrl").asString(""),
                                node);
                    });
                }));
    }

    private static void eachLine(Path file, Consumer<JsonNode> reader) {
        try {
            String text = Files.exists(file) ? Files.readString(file) : "";
            text.substring(0, text.lastIndexOf('\n') + 1)
                    .lines()
                    // Go writes minus zero without a point, and Jackson takes it for the integer 0.
                    .map(line -> line.replace("\"asDouble\":-0}", "\"asDouble\":-0.0}"))
                    .forEach(line -> reader.accept(JSON.readTree(line)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void addPoints(List<Point> points, Map<String, Object> resource, String scope, JsonNode metric) {
        for (String kind : List.of("gauge", "sum", "histogram", "summary", "exponentialHistogram")) {
            JsonNode data = metric.path(kind);
            if (!data.isMissingNode()) {
                String fullKind = kind + " " + number(data, "aggregationTemporality")
                        + (data.path("isMonotonic").asBoolean(false) ? " monotonic" : "");
                data.path("dataPoints")
                        .forEach(point -> points.add(new Point(
                                resource,
                                scope,
                                metric.path("name").asString(""),
                                fullKind.replace(" 0", ""),
                                metric.path("unit").asString(""),
                                metric.path("description").asString(""),
                                attributes(point),
                                number(point, "startTimeUnixNano"),
                                number(point, "timeUnixNano"),
                                value(kind, point) + (number(point, "flags") == 0 ? "" : " flagged"))));
            }
        }
    }

    private static String value(String kind, JsonNode point) {
        return switch (kind) {
            case "gauge", "sum" ->
                point.has("asInt") ? "int " + number(point, "asInt") : "double " + real(point.path("asDouble"));
            case "histogram" ->
                "count " + number(point, "count") + " sum " + real(point.path("sum")) + " min "
                        + real(point.path("min")) + " max " + real(point.path("max")) + " buckets "
                        + list(point.path("bucketCounts")) + " bounds " + list(point.path("explicitBounds"));
            case "summary" ->
                "count " + number(point, "count") + " sum " + real(point.path("sum")) + " quantiles "
                        + list(
                                point.path("quantileValues"),
                                each -> real(each.path("quantile")) + "=" + real(each.path("value")));
            case "exponentialHistogram" ->
                "count " + number(point, "count") + " sum " + real(point.path("sum")) + " min "
                        + real(point.path("min")) + " max " + real(point.path("max")) + " scale "
                        + number(point, "scale") + " zeros " + number(point, "zeroCount") + " positive "
                        + filled(point.path("positive")) + " negative " + filled(point.path("negative"));
            default -> throw new AssertionError("OTLP has no " + kind);
        };
    }

    /** What is in exponential buckets, by index; empty ones are left out, since they may or may not be written. */
    private static String filled(JsonNode buckets) {
        Map<Long, Long> filled = new TreeMap<>();
        long index = number(buckets, "offset");
        for (JsonNode count : buckets.path("bucketCounts")) {
            long inBucket = Long.parseLong(count.asString());
            if (inBucket != 0) {
                filled.put(index, inBucket);
            }
            index++;
        }
        return filled.toString();
    }

    private static String list(JsonNode array) {
        return list(array, OtlpFile::real);
    }

    private static String list(JsonNode array, Function<JsonNode, String> text) {
        return StreamSupport.stream(array.spliterator(), false).map(text).collect(Collectors.joining(",", "[", "]"));
    }

    /** A number however it is written; a field that is left out is 0. */
    private static String real(JsonNode node) {
        return node.isMissingNode() ? "0.0" : Double.toString(Double.parseDouble(node.asString()));
    }

    private static long number(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isMissingNode() ? 0 : Long.parseLong(value.asString());
    }

    private static Map<String, Object> attributes(JsonNode node) {
        return keyValues(node.path("attributes"));
    }

    private static Map<String, Object> keyValues(JsonNode list) {
        Map<String, Object> map = new TreeMap<>();
        list.forEach(each -> map.put(each.path("key").asString(""), value(each.path("value"))));
        return map;
    }

    private static Object value(JsonNode any) {
        if (any.isMissingNode() || any.isEmpty()) {
            return "";
        }
        String type = any.propertyNames().iterator().next();
        JsonNode value = any.path(type);
        return switch (type) {
            case "stringValue" -> value.asString();
            case "boolValue" -> value.asBoolean();
            case "intValue" -> Long.parseLong(value.asString());
            case "doubleValue" -> Double.parseDouble(value.asString());
            case "arrayValue" ->
                StreamSupport.stream(value.path("values").spliterator(), false)
                        .map(OtlpFile::value)
                        .toList();
            case "kvlistValue" -> keyValues(value.path("values"));
            case "bytesValue" -> "bytes " + value.asString();
            default -> throw new AssertionError("no AnyValue has " + type);
        };
    }
}
