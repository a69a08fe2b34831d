package tscollector.testkit.datadog;

import io.opentelemetry.sdk.common.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What Datadog takes: key, headers, coding, sizes, forms. Answers one request and keeps what was good. Thread-safe. */
final class IntakeRules {
    private static final String JSON = "application/json";
    private static final String PROTOBUF = "application/x-protobuf";

    /** Sizes as sent and after decompression, and codings beside gzip and deflate. */
    private record Limits(int wire, int plain, Set<String> codings) {}

    /** The OpenAPI file says zstd1, the Agent and Vector say zstd. */
    private static final Limits SERIES = new Limits(512_000, 5_242_880, Set.of("zstd", "zstd1"));
    /** Sketches and checks, as the Agent sends them. */
    private static final Limits DEFAULT = new Limits(2_621_440, 4_194_304, Set.of("zstd"));
    /** Events have no coding of their own in any document, and no shipper that sends one. */
    private static final Limits EVENTS = new Limits(2_621_440, 4_194_304, Set.of());

    private static final Limits LOGS = new Limits(5_000_000, 5_000_000, Set.of("zstd"));

    private final Accepted accepted;
    private final SeriesReader series;
    private final SketchReader sketches;
    private final CheckReader checks;
    private final EventReader events;
    private final LogReader logs;
    private volatile Set<String> keys;

    IntakeRules(Clock clock, String key, Accepted accepted) {
        Windows windows = new Windows(clock);
        this.accepted = accepted;
        this.series = new SeriesReader(windows);
        this.sketches = new SketchReader(windows);
        this.checks = new CheckReader(windows);
        this.events = new EventReader(windows);
        this.logs = new LogReader(windows);
        this.keys = Set.of(key);
    }

    void setKeys(Set<String> valid) {
        keys = Set.copyOf(valid);
    }

    IntakeAnswer answer(IntakeRequest request) throws Refusal {
        checkAddress(request);
        checkKey(request);
        return switch (request.path()) {
            case "/api/v1/validate" -> {
                checkMethod(request, "GET");
                yield IntakeAnswer.of(200).withBody("{\"valid\":true}");
            }
            case "/api/v2/series" -> {
                byte[] body = body(request, SERIES, JSON, PROTOBUF);
                accepted.addSeries(isJson(request) ? series.json(body) : series.protobuf(body));
                yield taken("{\"errors\":[]}");
            }
            case "/api/beta/sketches" -> {
                accepted.addSketches(sketches.protobuf(body(request, DEFAULT, PROTOBUF)));
                yield taken("");
            }
            case "/api/v1/check_run" -> {
                accepted.addChecks(checks.json(body(request, DEFAULT, JSON)));
                yield taken("{\"status\":\"ok\"}");
            }
            case "/api/v1/events" -> {
                accepted.addEvent(events.json(body(request, EVENTS, JSON)));
                yield taken("{\"status\":\"ok\",\"event\":{\"id\":1}}");
            }
            case "/api/v2/logs" -> {
                accepted.addLogs(logs.json(body(request, LOGS, JSON)));
                yield taken("{}");
            }
            default -> throw new Refusal(404, "there is no " + request.path());
        };
    }

    private static IntakeAnswer taken(String body) {
        return IntakeAnswer.of(202).withBody(body);
    }

    private void checkAddress(IntakeRequest request) throws Refusal {
        for (String key : keys) {
            Refusal.unless(!request.target().contains(key), "the key stands in the address");
        }
        Refusal.unless(!request.target().contains("api_key"), "the key belongs into a header");
        String agent = request.header("user-agent");
        Refusal.unless(
                agent != null && agent.matches("[A-Za-z0-9_-]+/[A-Za-z0-9._-]+.*"),
                "User-Agent must be product/version, was " + agent);
    }

    private void checkKey(IntakeRequest request) throws Refusal {
        String key = request.header("dd-api-key");
        if (key == null) {
            throw new Refusal(request.path().equals("/api/v2/logs") ? 401 : 403, "Unauthorized");
        }
        if (!keys.contains(key)) {
            throw new Refusal(403, "Forbidden");
        }
    }

    private static byte[] body(IntakeRequest request, Limits limits, String... types) throws Refusal {
        checkMethod(request, "POST");
        String type = contentType(request);
        if (type == null || !List.of(types).contains(type)) {
            throw new Refusal(415, "Content-Type must be one of " + List.of(types) + ", was " + type);
        }
        return Body.decoded(request, limits.wire(), limits.plain(), limits.codings());
    }

    private static void checkMethod(IntakeRequest request, String method) throws Refusal {
        if (!request.method().equals(method)) {
            throw new Refusal(405, request.path() + " wants " + method);
        }
    }

    private static boolean isJson(IntakeRequest request) {
        return JSON.equals(contentType(request));
    }

    private static @Nullable String contentType(IntakeRequest request) {
        String header = request.header("content-type");
        return header == null ? null : header.split(";", 2)[0].strip();
    }

    /** The body of a refusal, in the form of the route. */
    static IntakeAnswer refusal(Refusal refusal) {
        String reason = refusal.reason().replaceAll("[\\\\\"\\p{Cntrl}]", "'");
        return new IntakeAnswer(
                refusal.status(), Map.of(), "{\"errors\":[\"" + reason + "\"]}", java.time.Duration.ZERO, false);
    }
}
