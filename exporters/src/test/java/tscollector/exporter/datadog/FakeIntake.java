package tscollector.exporter.datadog;

import com.google.protobuf.DynamicMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;
import tscollector.consumer.DeliveryException;
import tscollector.kit.http.HttpFailure;

/** An intake in the hands of the test: answers as it is told, and keeps what it took, decoded by others than our encoder. */
final class FakeIntake implements Shipment.Post {
    /** A point as the intake understood it; host is empty for none. */
    record Point(int type, String metric, List<String> tags, String host, long second, double value) {}

    /** A check run; message is null for none. */
    record Check(
            String check,
            String host,
            List<String> tags,
            int status,
            long second,
            @Nullable String message) {}

    /** A sketch. */
    record Sketch(
            String metric,
            String host,
            List<String> tags,
            long second,
            long count,
            double min,
            double max,
            double avg,
            double sum,
            List<Integer> keys,
            List<Integer> counts) {}

    private record Failure(Route route, Exception exception) {}

    private final Compression compression;
    private final Deque<Failure> failures = new ArrayDeque<>();
    private Predicate<Integer> isTooMuch = items -> false;
    private final List<Point> points = new ArrayList<>();
    private final List<Check> checks = new ArrayList<>();
    private final List<Sketch> sketches = new ArrayList<>();
    private final List<Payload> taken = new ArrayList<>();
    private int tries;

    FakeIntake() {
        this(Compression.GZIP);
    }

    FakeIntake(Compression compression) {
        this.compression = compression;
    }

    /** The next requests to this route end like this. */
    FakeIntake fail(Route route, Exception... exceptions) {
        for (Exception exception : exceptions) {
            failures.add(new Failure(route, exception));
        }
        return this;
    }

    /** Requests with so many series, sketches or checks get a 413. */
    FakeIntake refuseAsTooLarge(Predicate<Integer> items) {
        isTooMuch = items;
        return this;
    }

    static DeliveryException busy() {
        return DeliveryException.retryable("busy");
    }

    static DeliveryException noAnswer(HttpFailure.Type type) {
        return DeliveryException.retryable("no answer", new HttpFailure(type, "no answer", null));
    }

    @Override
    public Payload payload(Route route, String contentType, byte[] plain) {
        return compression.payload(contentType, plain);
    }

    @Override
    public void post(Route route, Payload payload) throws DeliveryException, TooLarge, InterruptedException {
        tries++;
        if (!payload.fits(route)) {
            throw new AssertionError("sent although too large: " + payload.body().length + ", " + payload.plainBytes());
        }
        Failure failure = failures.peek();
        if (failure != null && failure.route() == route) {
            failures.remove();
            if (failure.exception() instanceof DeliveryException no) {
                throw no;
            } else if (failure.exception() instanceof TooLarge no) {
                throw no;
            } else if (failure.exception() instanceof InterruptedException no) {
                throw no;
            }
            throw new AssertionError(failure.exception());
        }
        byte[] plain = plain(payload);
        switch (route) {
            case SERIES -> {
                List<Point> read = Payload.JSON.equals(payload.contentType()) ? json(plain) : protobuf(plain);
                judge(series(read));
                points.addAll(read);
            }
            case SKETCHES -> {
                List<Sketch> read = sketches(plain);
                judge(read.size());
                sketches.addAll(read);
            }
            case CHECK_RUN -> {
                List<Check> read = checks(plain);
                judge(read.size());
                checks.addAll(read);
            }
            case EVENTS, LOGS, VALIDATE -> throw new AssertionError("not for metrics: " + route);
        }
        taken.add(payload);
    }

    List<Point> points() {
        return points;
    }

    List<Check> checks() {
        return checks;
    }

    List<Sketch> sketches() {
        return sketches;
    }

    /** The requests that were taken. */
    List<Payload> taken() {
        return taken;
    }

    int tries() {
        return tries;
    }

    private void judge(int items) throws TooLarge {
        if (isTooMuch.test(items)) {
            throw new TooLarge("413");
        }
    }

    private static int series(List<Point> points) {
        return (int) points.stream()
                .map(p -> List.of(p.metric(), p.tags(), p.host()))
                .distinct()
                .count();
    }

    static byte[] plain(Payload payload) {
        String coding = payload.contentEncoding() == null ? "" : payload.contentEncoding();
        ByteArrayInputStream body = new ByteArrayInputStream(payload.body());
        try (InputStream in = switch (coding) {
            case "gzip" -> new GZIPInputStream(body);
            case "deflate" -> new InflaterInputStream(body);
            case "" -> body;
            default -> throw new AssertionError(coding);
        }) {
            byte[] plain = in.readAllBytes();
            if (plain.length != payload.plainBytes()) {
                throw new AssertionError(plain.length + " bytes instead of " + payload.plainBytes());
            }
            return plain;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Point> protobuf(byte[] plain) {
        List<Point> points = new ArrayList<>();
        List<DynamicMessage> all = DatadogProto.get(DatadogProto.metricPayload(plain), "series");
        for (DynamicMessage series : all) {
            String host = "";
            List<DynamicMessage> resources = DatadogProto.get(series, "resources");
            for (DynamicMessage resource : resources) {
                if (!"host".equals(DatadogProto.<String>get(resource, "type"))) {
                    throw new AssertionError("resource " + resource);
                }
                host += DatadogProto.<String>get(resource, "name");
            }
            List<DynamicMessage> ofSeries = DatadogProto.get(series, "points");
            for (DynamicMessage point : ofSeries) {
                points.add(new Point(
                        DatadogProto.get(series, "type"),
                        DatadogProto.get(series, "metric"),
                        List.copyOf(DatadogProto.<List<String>>get(series, "tags")),
                        host,
                        DatadogProto.get(point, "timestamp"),
                        DatadogProto.get(point, "value")));
            }
        }
        return points;
    }

    @SuppressWarnings("unchecked")
    static List<Point> json(byte[] plain) {
        List<Point> points = new ArrayList<>();
        Map<String, Object> payload = (Map<String, Object>) TestJson.read(plain);
        onlyKeys(payload, "series");
        for (Map<String, Object> series : (List<Map<String, Object>>) payload.get("series")) {
            onlyKeys(series, "metric", "type", "resources", "tags", "points");
            String host = "";
            for (Map<String, Object> resource :
                    (List<Map<String, Object>>) series.getOrDefault("resources", List.of())) {
                onlyKeys(resource, "type", "name");
                host += resource.get("name");
            }
            for (Map<String, Object> point : (List<Map<String, Object>>) series.get("points")) {
                onlyKeys(point, "timestamp", "value");
                points.add(new Point(
                        ((Long) series.get("type")).intValue(),
                        (String) series.get("metric"),
                        (List<String>) series.get("tags"),
                        host,
                        (Long) point.get("timestamp"),
                        ((Number) point.get("value")).doubleValue()));
            }
        }
        return points;
    }

    private static List<Sketch> sketches(byte[] plain) {
        List<Sketch> sketches = new ArrayList<>();
        List<DynamicMessage> all = DatadogProto.get(DatadogProto.sketchPayload(plain), "sketches");
        for (DynamicMessage series : all) {
            List<DynamicMessage> dogs = DatadogProto.get(series, "dogsketches");
            for (DynamicMessage dog : dogs) {
                sketches.add(new Sketch(
                        DatadogProto.get(series, "metric"),
                        DatadogProto.get(series, "host"),
                        List.copyOf(DatadogProto.<List<String>>get(series, "tags")),
                        DatadogProto.get(dog, "ts"),
                        DatadogProto.get(dog, "cnt"),
                        DatadogProto.get(dog, "min"),
                        DatadogProto.get(dog, "max"),
                        DatadogProto.get(dog, "avg"),
                        DatadogProto.get(dog, "sum"),
                        DatadogProto.get(dog, "k"),
                        DatadogProto.get(dog, "n")));
            }
        }
        return sketches;
    }

    @SuppressWarnings("unchecked")
    private static List<Check> checks(byte[] plain) {
        List<Check> checks = new ArrayList<>();
        for (Map<String, Object> check : (List<Map<String, Object>>) TestJson.read(plain)) {
            onlyKeys(check, "check", "host_name", "tags", "status", "timestamp", "message");
            checks.add(new Check(
                    (String) check.get("check"),
                    (String) check.get("host_name"),
                    (List<String>) check.get("tags"),
                    ((Long) check.get("status")).intValue(),
                    (Long) check.get("timestamp"),
                    (String) check.get("message")));
        }
        return checks;
    }

    private static void onlyKeys(Map<String, Object> map, String... keys) {
        if (!List.of(keys).containsAll(map.keySet())) {
            throw new AssertionError("unknown keys in " + map.keySet());
        }
    }
}
