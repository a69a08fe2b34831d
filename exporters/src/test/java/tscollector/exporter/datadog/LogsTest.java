package tscollector.exporter.datadog;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.KeyValue;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.testing.logs.TestLogRecordData;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tscollector.testkit.Batches;
import tscollector.testkit.TestContext;
import tscollector.testkit.datadog.AcceptedLog;
import tscollector.testkit.datadog.DatadogIntake;

@DisplayName("R24 logs v2")
class LogsTest {
    private static final String NO_CHECK = "api_key_check: off\n";

    private final Destination destination = Destination.started(NO_CHECK + "tags: env:prod");

    @Test
    @DisplayName("R24: the fields of section 4")
    void hasTheFields() {
        AcceptedLog log = only(new Records(Records.resource("gpu-7", "a:b", "service:x"))
                .add(Severity.WARN, "something", Batches.attributes("k", "v"), "worker.died"));

        assertThat(log.fields())
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("message", "something"),
                        Map.entry("ddsource", "torchserve"),
                        Map.entry("ddtags", "a:b,env:prod,service:x"),
                        Map.entry("hostname", "gpu-7"),
                        Map.entry("service", "torchserve"),
                        Map.entry("status", "warn"),
                        Map.entry("otel.severity_text", "WARN"),
                        Map.entry("otel.severity_number", "13"),
                        Map.entry("timestamp", 1_767_225_600_000L),
                        Map.entry("@timestamp", "2026-01-01T00:00:00.000Z"),
                        Map.entry("otel.timestamp", "1767225600000000000"),
                        Map.entry("event.name", "worker.died"),
                        Map.entry("service.name", "torchserve"),
                        Map.entry("k", "v")));
    }

    @ParameterizedTest
    @DisplayName("R24: the severity table")
    @CsvSource({
        "TRACE, trace", "TRACE4, trace", "DEBUG, debug", "DEBUG4, debug", "INFO, info", "INFO4, info",
        "WARN, warn", "WARN4, warn", "ERROR, error", "ERROR4, error", "FATAL, fatal", "FATAL4, fatal"
    })
    void mapsSeverities(Severity severity, String status) {
        assertThat(only(new Records().add(severity, "m", Attributes.empty(), ""))
                        .text("status"))
                .isEqualTo(status);
    }

    @Test
    @DisplayName("R24: without severity Datadog decides; attributes win over the number")
    void otherWordsForTheStatus() {
        assertThat(only(new Records().add(Severity.UNDEFINED_SEVERITY_NUMBER, "m", Attributes.empty(), ""))
                        .field("status"))
                .isNull();
        for (String name : List.of("status", "severity", "level", "syslog.severity", "Level")) {
            AcceptedLog log = last(new Records().log("m", name, "alert"));
            assertThat(log.text("status")).isEqualTo("alert");
        }
        for (String name : List.of("msg", "message", "log")) {
            assertThat(last(new Records().log("m", name, "better")).message()).isEqualTo("better");
        }
        assertThat(LogFields.status(99)).isEqualTo("error");
    }

    @Test
    @DisplayName("R24: a severity text of its own wins over the number")
    void ownSeverityText() {
        Map<String, Object> fields = fields(TestLogRecordData.builder()
                .setSeverity(Severity.INFO)
                .setSeverityText("NOTICE")
                .setBody("m")
                .build());

        assertThat(fields).containsEntry("status", "NOTICE").containsEntry("otel.severity_text", "NOTICE");
    }

    @Test
    @DisplayName("R24: trace and span ids in Datadog's decimal and OpenTelemetry's hex")
    void mapsIds() {
        SpanContext span = SpanContext.create(
                "00000000000000000000000000000001",
                "ffffffffffffffff",
                TraceFlags.getSampled(),
                TraceState.getDefault());
        Map<String, Object> fields = fields(
                TestLogRecordData.builder().setBody("m").setSpanContext(span).build());

        assertThat(fields)
                .containsEntry("dd.trace_id", "1")
                .containsEntry("dd.span_id", "18446744073709551615")
                .containsEntry("otel.trace_id", "00000000000000000000000000000001")
                .containsEntry("otel.span_id", "ffffffffffffffff");

        AcceptedLog log = only(new Records()
                .log("m", "trace_id", "0af7651916cd43dd8448eb211c80319c", "span_id", "not hex", "other", "1"));
        assertThat(log.text("dd.trace_id")).isEqualTo(Long.toUnsignedString(0x8448eb211c80319cL));
        assertThat(log.text("otel.trace_id")).isEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(log.field("dd.span_id")).isNull();
        assertThat(log.text("span_id")).isEqualTo("not hex");
    }

    @Test
    @DisplayName("R24: maps become flat, lists and numbers stay, names of Datadog's own are moved")
    void writesAttributes() {
        Attributes attributes = Attributes.builder()
                .put("n", 7)
                .put("d", 0.5)
                .put("nan", Double.NaN)
                .put("t", true)
                .put("list", "a", "b")
                .put(AttributeKey.longArrayKey("empty"), List.of())
                .put("hostname", "mine")
                .put("service", "s")
                .put("odd \"key\"\n", "\u0001\\")
                .put(
                        AttributeKey.valueKey("map"),
                        Value.of(
                                KeyValue.of("in", Value.of(KeyValue.of("deep", Value.of(3L)))),
                                KeyValue.of("list", Value.of(Value.of("x"), Value.of(1L)))))
                .build();
        AcceptedLog log = only(new Records(Resource.create(Batches.attributes("hostname", "res", "service", "rs")))
                .add(Severity.INFO, "m", attributes, ""));

        assertThat(log.field("n")).isEqualTo(7L);
        assertThat(log.field("d")).isEqualTo(0.5);
        assertThat(log.field("nan")).isEqualTo("NaN");
        assertThat(log.field("t")).isEqualTo(true);
        assertThat(log.field("list")).isEqualTo(List.of("a", "b"));
        assertThat(log.field("empty")).isEqualTo(List.of());
        assertThat(log.field("map.in.deep")).isEqualTo(3L);
        assertThat(log.text("map.list")).contains("x");
        assertThat(log.text("hostname")).isEqualTo("exporter-host");
        assertThat(log.text("otel.hostname")).isEqualTo("mine");
        assertThat(log.text("otel.service")).isEqualTo("s");
        assertThat(log.text("odd \"key\"\n")).isEqualTo("\u0001\\");
    }

    @Test
    @DisplayName("R24: maps are flattened to a depth of ten")
    void stopsAtDepthTen() {
        Value<?> deep = Value.of("end");
        for (int i = 0; i < 14; i++) {
            deep = Value.of(KeyValue.of("k", deep));
        }

        AcceptedLog log =
                only(new Records().add(Severity.INFO, "m", Attributes.of(AttributeKey.valueKey("a"), deep), ""));

        String name = "a" + ".k".repeat(9);
        assertThat(log.text(name)).contains("end");
    }

    @Test
    void hostMayBeEmpty() {
        AcceptedLog log = only(new Records(Records.resource("", "a:b")).log("m"));

        assertThat(log.field("hostname")).isNull();
    }

    @Test
    @DisplayName("R24: a log over 1,000,000 bytes is cut by us, with a marker")
    void cutsLongMessages() {
        String message = "\uD83D\uDE00\"".repeat(400_000);

        AcceptedLog log = only(new Records().log(message, "k", "v"));

        assertThat(log.text(LogForm.CUT)).isEqualTo("message");
        assertThat(message).startsWith(log.message());
        assertThat(log.message()).as("six bytes for three characters").hasSizeBetween(499_000, 500_000);
        assertThat(Character.isHighSurrogate(log.message().charAt(log.message().length() - 1)))
                .isFalse();
        assertThat(log.text("k")).isEqualTo("v");
        assertThat(destination.test.telemetry().count("logs cut")).isEqualTo(1);
        assertThat(destination.sent()).isEqualTo(1);
    }

    @Test
    @DisplayName("R24: where the attributes are too long they go, and the marker says so")
    void dropsLongAttributes() {
        AcceptedLog log = only(new Records().log("m".repeat(2000), "k", "v".repeat(1_100_000)));

        assertThat(log.text(LogForm.CUT)).isEqualTo("attributes");
        assertThat(log.message()).isEqualTo("m".repeat(2000));
        assertThat(log.field("k")).isNull();
    }

    @Test
    @DisplayName("R24: at most 1000 logs a request, in order")
    void sendsAThousandARequest() {
        Records records = new Records();
        for (int i = 0; i < 2500; i++) {
            records.log("m" + i);
        }

        destination.send(records.batch());
        destination.flush();

        assertThat(destination.intake.statuses(Destination.LOGS)).containsExactly(202, 202, 202);
        assertThat(destination.intake.logs()).hasSize(2500);
        assertThat(destination.intake.logs().get(2499).message()).isEqualTo("m2499");
        assertThat(destination.intake.refusals()).isEmpty();
    }

    @RepeatedTest(10)
    @DisplayName("R24: no request is too large, whatever the logs")
    void fitsWhateverComes(RepetitionInfo repetition) {
        long seed = 20260101L + repetition.getCurrentRepetition();
        SplittableRandom random = new SplittableRandom(seed);
        Destination plain = Destination.started(NO_CHECK + "compression: none");
        Records records = new Records();
        int count = 1 + random.nextInt(60);
        for (int i = 0; i < count; i++) {
            records.log(text(random, random.nextInt(400_000)));
        }

        plain.send(records.batch());
        plain.flush();

        assertThat(plain.intake.refusals()).as("seed " + seed).isEmpty();
        assertThat(plain.sent()).as("seed " + seed).isEqualTo(count);
        assertThat(plain.intake.logs()).as("seed " + seed).hasSize(count);
        assertThat(Collections.max(plain.intake.exchanges().stream()
                        .map(exchange -> exchange.request().body().length)
                        .toList()))
                .as("seed " + seed)
                .isLessThanOrEqualTo(5_000_000);
    }

    @ParameterizedTest
    @DisplayName("R3: the body is coded as the header says")
    @CsvSource({"gzip, gzip", "deflate, deflate", "none, ''"})
    void codesTheBody(String compression, String coding) {
        Destination coded = Destination.started(NO_CHECK + "compression: " + compression);

        coded.send(new Records().log("m").batch());
        coded.flush();

        assertThat(coded.intake.refusals()).isEmpty();
        DatadogIntake.Exchange exchange = coded.intake.exchanges().get(0);
        assertThat(String.valueOf(exchange.request().header("content-encoding")))
                .isEqualTo(coding.isEmpty() ? "null" : coding);
        assertThat(exchange.request().header("content-type")).isEqualTo("application/json");
        assertThat(exchange.request().header("dd-api-key")).isEqualTo(DatadogIntake.KEY);
        assertThat(exchange.request().target()).doesNotContain(DatadogIntake.KEY);
    }

    @Test
    void knowsTheLengthInJson() {
        String all = "a\"\\\n\u0001\u00e9\u20ac\uD83D\uDE00\uD83D";
        int written = new WireBuffer().jsonText(all).size() - 2;

        assertThat(JsonLength.of(all)).isEqualTo(written);
        assertThat(JsonLength.first(all, written)).isEqualTo(all);
        assertThat(JsonLength.first(all, written - 2)).endsWith("\u20ac");
        assertThat(JsonLength.first(all, 0)).isEmpty();
    }

    private Map<String, Object> fields(LogRecordData logRecord) {
        HostNames hosts = new HostNames("h");
        Tags tags = new Tags(List.of(), false, new TestContext("x").telemetry());
        return LogFields.of(logRecord, RecordOrigin.of(logRecord.getResource(), hosts, tags));
    }

    private AcceptedLog only(Records records) {
        AcceptedLog log = last(records);
        assertThat(destination.intake.logs()).hasSize(1);
        return log;
    }

    private AcceptedLog last(Records records) {
        destination.send(records.batch());
        destination.flush();
        assertThat(destination.intake.refusals()).isEmpty();
        List<AcceptedLog> logs = destination.intake.logs();
        return logs.get(logs.size() - 1);
    }

    private static String text(SplittableRandom random, int length) {
        byte[] letters = new byte[length];
        for (int i = 0; i < length; i++) {
            letters[i] = (byte) (random.nextInt(20) == 0 ? '"' : ' ' + random.nextInt(94));
        }
        return new String(letters, StandardCharsets.US_ASCII);
    }
}
