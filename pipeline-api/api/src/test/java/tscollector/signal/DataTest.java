package tscollector.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static tscollector.signal.Samples.RESOURCE;
import static tscollector.signal.Samples.SCOPE;
import static tscollector.signal.Samples.gauge;
import static tscollector.signal.Samples.logRecord;
import static tscollector.signal.Samples.points;
import static tscollector.signal.Samples.resource;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.resources.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Metrics and log records as the SDK's exporters see them. */
class DataTest {
    private final Metric metric = gauge(RESOURCE, SCOPE, "QueueTime", 3);
    private final LogRecord logRecord = logRecord(RESOURCE, SCOPE, "model.added");

    @Test
    void answersAsTheSdksMetric() {
        MetricData data = metric;

        assertThat(data.getResource()).isSameAs(RESOURCE);
        assertThat(data.getInstrumentationScopeInfo()).isSameAs(SCOPE);
        assertThat(data.getName()).isEqualTo("QueueTime");
        assertThat(data.getDescription()).isEqualTo("Something.");
        assertThat(data.getUnit()).isEqualTo("ms");
        assertThat(data.getType()).isEqualTo(MetricDataType.DOUBLE_GAUGE);
        assertThat(data.getData()).isSameAs(metric.data());
        assertThat(data.isEmpty()).isFalse();
        assertThat(data.getDoubleGaugeData().getPoints()).hasSize(3);
        assertThat(data.getLongSumData().getPoints()).isEmpty();
        assertThat(metric.pointCount()).isEqualTo(3);
    }

    @Test
    void changesOneThingOfAMetricAndKeepsTheRest() {
        Resource other = resource("other");

        assertThat(metric.withName("n"))
                .isEqualTo(new Metric(
                        RESOURCE,
                        SCOPE,
                        "n",
                        "Something.",
                        "ms",
                        MetricDataType.DOUBLE_GAUGE,
                        metric.data(),
                        "family",
                        ExposedType.GAUGE));
        assertThat(metric.withResource(other).resource()).isSameAs(other);
        assertThat(metric.withResource(other).withResource(RESOURCE)).isEqualTo(metric);
        assertThat(metric.withData(points(1)).pointCount()).isEqualTo(1);
        assertThat(metric.withData(points(1)).withData(metric.data())).isEqualTo(metric);
        assertThat(metric.withName("n").family()).isEqualTo("family");
    }

    @Test
    void takesNameUnitAndDescriptionFromADeclaration() {
        MetricSpec spec = new MetricSpec(
                "models", "{model}", MetricSpec.Kind.GAUGE, "Models there are.", List.of("state"), "GET /models");
        Metric made = Metric.of(RESOURCE, SCOPE, spec, MetricDataType.DOUBLE_GAUGE, points(1));

        assertThat(made.name()).isEqualTo("models");
        assertThat(made.unit()).isEqualTo("{model}");
        assertThat(made.description()).isEqualTo("Models there are.");
        assertThat(made.family()).isEqualTo("models");
        assertThat(made.exposedType()).isNull();
    }

    @Test
    void copiesTheAttributesOfADeclaration() {
        List<String> names = new ArrayList<>(List.of("a"));
        MetricSpec spec = new MetricSpec("m", "", MetricSpec.Kind.COUNTER, "", names, "");
        names.add("b");

        assertThat(spec.attributes()).containsExactly("a");
    }

    @Test
    @SuppressWarnings("DataFlowIssue") // what a caller without null checks would do
    void refusesAMetricWithoutItsGroupsInstances() {
        assertThatNullPointerException()
                .isThrownBy(() -> metric.withResource(null))
                .withMessage("resource");
        assertThatNullPointerException().isThrownBy(() -> metric.withName(null)).withMessage("name");
        assertThatNullPointerException().isThrownBy(() -> metric.withData(null)).withMessage("data");
        assertThatNullPointerException()
                .isThrownBy(() -> gauge(RESOURCE, null, "n", 1))
                .withMessage("scope");
    }

    @Test
    void answersAsTheSdksLogRecord() {
        LogRecordData data = logRecord;

        assertThat(data.getResource()).isSameAs(RESOURCE);
        assertThat(data.getInstrumentationScopeInfo()).isSameAs(SCOPE);
        assertThat(data.getTimestampEpochNanos()).isEqualTo(10);
        assertThat(data.getObservedTimestampEpochNanos()).isEqualTo(20);
        assertThat(data.getSeverity()).isEqualTo(Severity.WARN);
        assertThat(data.getSeverityText()).isEqualTo("WARN");
        assertThat(data.getAttributes().asMap()).isEqualTo(Map.of(AttributeKey.stringKey("model"), "m"));
        assertThat(data.getTotalAttributeCount()).isEqualTo(1);
        assertThat(data.getSpanContext().isValid()).isFalse();
        assertThat(data.getEventName()).isEqualTo("model.added");
        assertThat(data.getBodyValue()).isEqualTo(Value.of("It happened."));
    }

    @Test
    void hasNoEventNameWhereItIsNoEvent() {
        assertThat(logRecord(RESOURCE, SCOPE, "").getEventName()).isNull();
    }

    @ParameterizedTest
    @EnumSource(Severity.class)
    void namesEachSeverityButTheUndefinedOne(Severity severity) {
        LogRecord line = new LogRecord(RESOURCE, SCOPE, 1, 1, severity, null, Attributes.empty(), "");

        assertThat(line.getSeverityText())
                .isEqualTo(severity == Severity.UNDEFINED_SEVERITY_NUMBER ? null : severity.name());
    }

    @Test
    @SuppressWarnings("deprecation") // the SDK's exporters of other projects still ask for it
    void givesTheBodyAsTextToWhoeverStillAsksForIt() {
        LogRecord structured = new LogRecord(
                RESOURCE, SCOPE, 1, 1, Severity.INFO, Value.of(Map.of("model", Value.of("m"))), Attributes.empty(), "");
        LogRecord empty = new LogRecord(RESOURCE, SCOPE, 1, 1, Severity.INFO, null, Attributes.empty(), "e");

        assertThat(logRecord.getBody().asString()).isEqualTo("It happened.");
        assertThat(structured.getBody().asString()).contains("model");
        assertThat(empty.getBody().asString()).isEmpty();
        assertThat(empty.getBodyValue()).isNull();
    }

    @Test
    void changesOneThingOfARecordAndKeepsTheRest() {
        Resource other = resource("other");
        Attributes attributes = Attributes.of(AttributeKey.stringKey("k"), "v");

        assertThat(logRecord.withResource(other).resource()).isSameAs(other);
        assertThat(logRecord.withResource(other).withResource(RESOURCE)).isEqualTo(logRecord);
        assertThat(logRecord.withAttributes(attributes).getAttributes()).isSameAs(attributes);
        assertThat(logRecord.withAttributes(attributes).withAttributes(logRecord.attributes()))
                .isEqualTo(logRecord);
    }

    @Test
    @SuppressWarnings("DataFlowIssue") // what a caller without null checks would do
    void refusesARecordWithoutItsParts() {
        assertThatNullPointerException()
                .isThrownBy(() -> logRecord.withResource(null))
                .withMessage("resource");
        assertThatNullPointerException()
                .isThrownBy(() -> logRecord.withAttributes(null))
                .withMessage("attributes");
        assertThatNullPointerException()
                .isThrownBy(() -> logRecord(RESOURCE, SCOPE, null))
                .withMessage("eventName");
    }
}
