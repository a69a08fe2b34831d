package tscollector.testkit.datadog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tscollector.testkit.ManualScheduler;

class DatadogIntakeTest {
    private static final String SERIES = "/api/v2/series";
    private static final long NOW = ManualScheduler.START.getEpochSecond();

    private final ManualScheduler scheduler = new ManualScheduler();
    private final DatadogIntake intake = new DatadogIntake(scheduler.clock());

    @Test
    void keepsSeriesFromJson() {
        assertThat(post(SERIES, series("a.b", NOW, "1.5"))).isEqualTo(202);

        AcceptedSeries series = intake.series().get(0);
        assertThat(series.metric()).isEqualTo("a.b");
        assertThat(series.host()).isEqualTo("h");
        assertThat(series.tags()).containsExactly("k:v");
        assertThat(series.values()).containsEntry(NOW, 1.5);
        assertThat(series.identity()).isEqualTo("a.b @h [k:v]");
    }

    @Test
    void readsTheSameFromProtobuf() {
        ProtoBytes point = new ProtoBytes().number(1, 1.5).varint(2, NOW);
        ProtoBytes host = new ProtoBytes().text(1, "host").text(2, "h");
        ProtoBytes series = new ProtoBytes()
                .message(1, host)
                .text(2, "a.b")
                .text(3, "k:v")
                .message(4, point)
                .varint(5, 3);
        byte[] body = new ProtoBytes().message(1, series).toByteArray();

        post(SERIES, series("a.b", NOW, "1.5"));
        assertThat(send(SERIES, Map.of("content-type", "application/x-protobuf"), body))
                .isEqualTo(202);

        assertThat(intake.series().get(1)).isEqualTo(intake.series().get(0));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10, 50, 70})
    void refusesCutProtobufWithoutFailing(int length) {
        byte[] body = new byte[length];
        java.util.Arrays.fill(body, (byte) 0x0a);

        assertThat(send(SERIES, Map.of("content-type", "application/x-protobuf"), body))
                .isEqualTo(400);
    }

    @Test
    void readsSketches() {
        ProtoBytes point = new ProtoBytes()
                .varint(1, NOW)
                .varint(2, 3)
                .number(3, 1)
                .number(4, 2)
                .number(5, 1.5)
                .number(6, 4.5)
                .packed(7, 2676, 2677)
                .packed(8, 2, 1);
        ProtoBytes sketch =
                new ProtoBytes().text(1, "lat").text(2, "h").text(4, "k:v").message(7, point);
        byte[] body =
                new ProtoBytes().message(1, sketch).message(2, new ProtoBytes()).toByteArray();

        assertThat(send("/api/beta/sketches", Map.of("content-type", "application/x-protobuf"), body))
                .isEqualTo(202);

        AcceptedSketch kept = intake.sketches().get(0);
        assertThat(kept.bins()).containsEntry(1338, 2L).containsEntry(-1339, 1L);
        assertThat(kept.count()).isEqualTo(3);
        assertThat(kept.avg()).isEqualTo(1.5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|series must be an array",
                "{'series':[]}|no series",
                "{'series':[{'metric':'a','type':3,'points':[]}]}|no point",
                "{'series':[{'metric':'1a','type':3,'points':[{'timestamp':NOW,'value':1}]}]}|not legal",
                "{'series':[{'metric':'a','type':4,'points':[{'timestamp':NOW,'value':1}]}]}|type 4",
                "{'series':[{'metric':'a','type':'gauge','points':[{'timestamp':NOW,'value':1}]}]}|whole number",
                "{'series':[{'metric':'a','type':2,'points':[{'timestamp':NOW,'value':1}]}]}|rate without interval",
                "{'series':[{'metric':'a','type':3,'points':[{'timestamp':NOW.5,'value':1}]}]}|whole number",
                "{'series':[{'metric':'a','type':3,'points':[{'timestamp':NOW,'value':'NaN'}]}]}|finite number",
                "{'series':[{'metric':'a','type':3,'points':[{'timestamp':NOW,'value':NaN}]}]}|no JSON",
                "{'series':[{'metric':'a','type':3,'points':[{'timestamp':1,'value':1}]}]}|s old",
                "{'series':[{'metric':'a','type':3,'host':'h','points':[{'timestamp':NOW,'value':1}]}]}|no field host",
                "{'series':[{'metric':'a','type':3,'tags':null,'points':[{'timestamp':NOW,'value':1}]}]}|must be an array",
                "{'series':[{'metric':'a','type':3,'tags':['x','x'],'points':[{'timestamp':NOW,'value':1}]}]}|twice"
            })
    void refusesSeriesThatBreakARule(String json, String reason) {
        int status = post(SERIES, json.replace('\'', '"').replace("NOW", Long.toString(NOW)));

        assertThat(status).isEqualTo(400);
        assertThat(intake.refusals()).singleElement().asString().contains(reason);
        assertThat(intake.series()).isEmpty();
    }

    @Test
    void knowsTheWindowsOfTime() {
        assertThat(post(SERIES, series("a", NOW - 3600, "1"))).isEqualTo(202);
        assertThat(post(SERIES, series("a", NOW + 600, "1"))).isEqualTo(202);
        assertThat(post(SERIES, series("a", NOW - 3602, "1"))).isEqualTo(400);
        assertThat(post(SERIES, series("a", NOW + 602, "1"))).isEqualTo(400);

        scheduler.advance(Duration.ofHours(1));

        assertThat(post(SERIES, series("a", NOW - 60, "1"))).isEqualTo(400);
    }

    @Test
    void wantsTagsOfChecksToBeThere() {
        String check = "[{\"check\":\"c\",\"host_name\":\"h\",\"status\":2,\"timestamp\":" + NOW + ",\"tags\":[]}]";

        assertThat(post("/api/v1/check_run", check)).isEqualTo(202);
        assertThat(post("/api/v1/check_run", check.replace("[]", "null"))).isEqualTo(400);
        assertThat(post("/api/v1/check_run", check.replace(",\"tags\":[]", ""))).isEqualTo(400);
        assertThat(post("/api/v1/check_run", check.replace(":2", ":4"))).isEqualTo(400);
        assertThat(post("/api/v1/check_run", check.substring(1, check.length() - 1)))
                .isEqualTo(400);
        assertThat(intake.checks()).containsExactly(new AcceptedCheck("c", "h", 2, NOW, "", java.util.List.of()));
    }

    @Test
    void wantsEventsWithTextsThatFit() {
        String event = "{\"title\":\"t\",\"text\":\"TEXT\",\"alert_type\":\"info\",\"date_happened\":" + NOW + "}";

        assertThat(post("/api/v1/events", event)).isEqualTo(202);
        assertThat(post("/api/v1/events", event.replace("TEXT", "x".repeat(4000))))
                .isEqualTo(202);
        assertThat(post("/api/v1/events", event.replace("TEXT", "x".repeat(4001))))
                .isEqualTo(400);
        assertThat(post("/api/v1/events", event.replace("info", "ok"))).isEqualTo(400);
        assertThat(post("/api/v1/events", event.replace("title", "titel"))).isEqualTo(400);
        assertThat(post("/api/v1/events", event.replace(Long.toString(NOW), Long.toString(NOW - 70_000))))
                .isEqualTo(400);
        assertThat(intake.events()).hasSize(2);
    }

    @Test
    void wantsLogsThatFit() {
        String log = "{\"message\":\"m\",\"timestamp\":" + NOW * 1000 + ",\"deep\":{\"a\":[1,true,null]}}";

        assertThat(post("/api/v2/logs", "[" + log + "]")).isEqualTo(202);
        assertThat(post("/api/v2/logs", log)).isEqualTo(400);
        assertThat(post("/api/v2/logs", "[{\"ddsource\":\"x\"}]")).isEqualTo(400);
        assertThat(post("/api/v2/logs", "[{\"message\":\"" + "x".repeat(1_000_001) + "\"}]"))
                .isEqualTo(400);
        assertThat(post("/api/v2/logs", "[" + (log + ",").repeat(1000) + log + "]"))
                .isEqualTo(413);
        assertThat(intake.logs()).singleElement().satisfies(kept -> {
            assertThat(kept.message()).isEqualTo("m");
            assertThat(kept.field("timestamp")).isEqualTo(NOW * 1000);
        });
    }

    @Test
    void wantsTheKeyInItsHeader() {
        assertThat(send("GET", "/api/v1/validate", Map.of(), new byte[0])).isEqualTo(200);
        assertThat(send("GET", "/api/v1/validate", Map.of("dd-api-key", "other"), new byte[0]))
                .isEqualTo(403);
        assertThat(send("GET", "/api/v1/validate?api_key=x", Map.of(), new byte[0]))
                .isEqualTo(400);

        intake.setKeys("other");

        assertThat(send("GET", "/api/v1/validate", Map.of("dd-api-key", "other"), new byte[0]))
                .isEqualTo(200);
        assertThat(send("GET", "/api/v1/validate", Map.of(), new byte[0])).isEqualTo(403);
    }

    @Test
    void takesTheCodingsOfTheRealOne() throws IOException {
        byte[] plain = series("a", NOW, "1").getBytes(StandardCharsets.UTF_8);

        assertThat(send(SERIES, coded("gzip"), gzip(plain))).isEqualTo(202);
        assertThat(send(SERIES, coded("deflate"), zlib(plain))).isEqualTo(202);
        assertThat(send(SERIES, coded("identity"), plain)).isEqualTo(202);
        assertThat(send(SERIES, coded("gzip"), plain)).isEqualTo(400);
        assertThat(send(SERIES, coded("br"), plain)).isEqualTo(415);
        assertThat(send(SERIES, Map.of("content-type", "text/plain"), plain)).isEqualTo(415);
        assertThat(send(SERIES, Map.of("user-agent", ""), plain)).isEqualTo(400);
    }

    @Test
    void knowsBothSizes() throws IOException {
        byte[] random = new byte[512_001];
        byte[] long1 = (series("a", NOW, "1") + " ".repeat(5_242_880)).getBytes(StandardCharsets.UTF_8);

        assertThat(send(SERIES, Map.of(), random)).isEqualTo(413);
        assertThat(send(SERIES, coded("gzip"), gzip(long1))).isEqualTo(413);
    }

    @Test
    void answersAsTold() {
        intake.script(SERIES, IntakeAnswer.of(503), IntakeAnswer.of(500).thoughTaken());
        String body = series("a", NOW, "1");

        assertThat(post(SERIES, body)).isEqualTo(503);
        assertThat(intake.series()).isEmpty();
        assertThat(post(SERIES, body)).isEqualTo(500);
        assertThat(intake.series()).hasSize(1);
        assertThat(post(SERIES, body)).isEqualTo(202);

        intake.always(SERIES, IntakeAnswer.of(429));

        assertThat(post(SERIES, body)).isEqualTo(429);
        assertThat(post(SERIES, body)).isEqualTo(429);
        assertThat(intake.statuses(SERIES)).containsExactly(503, 500, 202, 429, 429);
        assertThat(intake.refusals()).isEmpty();
    }

    @Test
    void speaksHttp() throws Exception {
        try (DatadogServer server = DatadogServer.start(intake)) {
            HttpClient client = HttpClient.newHttpClient();
            intake.script(SERIES, IntakeAnswer.of(429).with("Retry-After", "7"));
            HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + SERIES))
                    .header("DD-API-KEY", DatadogIntake.KEY)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(series("a", NOW, "1")))
                    .build();

            HttpResponse<String> first = client.send(request, HttpResponse.BodyHandlers.ofString());
            HttpResponse<String> second = client.send(request, HttpResponse.BodyHandlers.ofString());

            assertThat(first.statusCode()).isEqualTo(429);
            assertThat(first.headers().firstValue("Retry-After")).contains("7");
            assertThat(second.statusCode()).isEqualTo(202);
            assertThat(second.body()).isEqualTo("{\"errors\":[]}");
        }
    }

    private int post(String path, String body) {
        return send(path, Map.of(), body.getBytes(StandardCharsets.UTF_8));
    }

    private int send(String path, Map<String, String> headers, byte[] body) {
        return send("POST", path, headers, body);
    }

    private int send(String method, String path, Map<String, String> headers, byte[] body) {
        Map<String, String> all = new HashMap<>(
                Map.of("dd-api-key", DatadogIntake.KEY, "content-type", "application/json", "user-agent", "test/1.0"));
        all.putAll(headers);
        return intake.answer(new IntakeRequest(method, path, all, body)).status();
    }

    private static Map<String, String> coded(String coding) {
        return Map.of("content-encoding", coding);
    }

    private static String series(String metric, long timestamp, String value) {
        return "{\"series\":[{\"metric\":\"" + metric
                + "\",\"type\":3,\"resources\":[{\"type\":\"host\",\"name\":\"h\"}],"
                + "\"tags\":[\"k:v\"],\"points\":[{\"timestamp\":" + timestamp + ",\"value\":" + value + "}]}]}";
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }

    private static byte[] zlib(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new DeflaterOutputStream(bytes)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }
}
