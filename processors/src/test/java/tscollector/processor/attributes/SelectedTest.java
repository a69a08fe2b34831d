package tscollector.processor.attributes;

import static org.assertj.core.api.Assertions.assertThat;
import static tscollector.testkit.Batches.attributes;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.GaugeData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.resources.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tscollector.config.ConfigBinder;
import tscollector.config.Problems;
import tscollector.processor.Built;
import tscollector.signal.ExposedType;
import tscollector.signal.LogBatch;
import tscollector.signal.LogGroup;
import tscollector.signal.LogRecord;
import tscollector.signal.MetricBatch;
import tscollector.testkit.Batches;
import tscollector.testkit.CollectingConsumer;
import tscollector.testkit.TestContext;

/** What {@code include} and {@code exclude} let the actions at; the action puts a mark on it. */
class SelectedTest {
    private static final Resource SERVER =
            Resource.create(attributes("service.instance.id", "gpu-a:8080", "team", "vision"));
    private static final InstrumentationScopeInfo SCOPE = InstrumentationScopeInfo.builder("tscollector/scrape")
            .setVersion("1.0")
            .build();

    private final TestContext test = new TestContext("attributes");

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "include: {match_type: strict, metric_names: [up]}                                       | up",
                "include: {match_type: regexp, metric_names: ['^q', 'time$']}                            | queue.time/a queue.time/b",
                "exclude: {match_type: strict, metric_names: [up, other]}                                | queue.time/a queue.time/b",
                "include: {match_type: strict, attributes: [{key: model, value: a}]}                     | queue.time/a",
                "include: {match_type: strict, attributes: [{key: model}]}                               | queue.time/a queue.time/b",
                "include: {match_type: strict, attributes: [{key: model, value: a}, {key: x}]}           | ''",
                "exclude: {match_type: regexp, attributes: [{key: model, value: '[b-z]'}]}               | up queue.time/a",
                "include: {match_type: strict, resources: [{key: team, value: vision}, {key: no}]}       | up queue.time/a queue.time/b",
                "include: {match_type: strict, resources: [{key: team, value: vis}]}                     | ''",
                "include: {match_type: regexp, resources: [{key: team, value: vis}], metric_names: [up]} | up",
                "include: {match_type: strict, libraries: [{name: tscollector/scrape}]}                  | up queue.time/a queue.time/b",
                "include: {match_type: strict, libraries: [{name: tscollector/scrape, version: '2'}]}    | ''",
                "include: {match_type: strict, log_bodies: [x]}                                          | ''",
                "exclude: {match_type: strict, log_severity_number: {min: 1, match_undefined: true}}     | up queue.time/a queue.time/b",
            })
    void selectsPoints(String section, String marked) throws Exception {
        CollectingConsumer<MetricBatch> next = CollectingConsumer.metrics();
        Built.metrics(new AttributesFactory(), test.build(), config(section), next)
                .consume(new Batches(SERVER, SCOPE)
                        .gauge("up", 1)
                        .add(
                                "queue.time",
                                MetricDataType.DOUBLE_GAUGE,
                                GaugeData.createDoubleGaugeData(List.of(
                                        Batches.point(1, attributes("model", "a")),
                                        Batches.point(2, attributes("model", "b")))),
                                ExposedType.GAUGE)
                        .batch());

        List<String> found = new ArrayList<>();
        next.allMetrics()
                .forEach(metric -> metric.data().getPoints().forEach(point -> {
                    if (isMarked(point.getAttributes())) {
                        String model = point.getAttributes().get(AttributeKey.stringKey("model"));
                        found.add(metric.name() + (model == null ? "" : "/" + model));
                    }
                }));
        assertThat(String.join(" ", found)).isEqualTo(marked);
        assertThat(next.last().itemCount()).isEqualTo(3);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "include: {match_type: strict, log_bodies: [model added]}                            | added",
                "include: {match_type: regexp, log_bodies: [model]}                                  | added failed",
                "include: {match_type: strict, log_severity_texts: [WARN, ERROR]}                    | failed",
                "include: {match_type: strict, log_severity_number: {min: 13}}                       | failed",
                "include: {match_type: strict, log_severity_number: {min: 13, match_undefined: true}} | failed structured",
                "exclude: {match_type: strict, attributes: [{key: model, value: a}]}                 | failed structured",
                "include: {match_type: strict, resources: [{key: team}]}                             | added failed structured",
                "include: {match_type: strict, libraries: [{name: other}]}                           | ''",
                "include: {match_type: strict, metric_names: [up]}                                   | ''",
                "exclude: {match_type: strict, metric_names: [up]}                                   | added failed structured",
            })
    void selectsRecords(String section, String marked) throws Exception {
        CollectingConsumer<LogBatch> next = CollectingConsumer.logs();
        Built.logs(new AttributesFactory(), test.build(), config(section), next)
                .consume(new LogBatch(List.of(new LogGroup(
                        SERVER,
                        SCOPE,
                        List.of(
                                logRecord("added", Severity.INFO, Value.of("model added"), attributes("model", "a")),
                                logRecord("failed", Severity.ERROR, Value.of("model failed"), attributes("model", "b")),
                                logRecord(
                                        "structured",
                                        Severity.UNDEFINED_SEVERITY_NUMBER,
                                        Value.of(List.of(Value.of("model"))),
                                        Attributes.empty()))))));

        assertThat(String.join(
                        " ",
                        next.allRecords().stream()
                                .filter(one -> isMarked(one.attributes()))
                                .map(LogRecord::eventName)
                                .toList()))
                .isEqualTo(marked);
        assertThat(next.allRecords()).hasSize(3);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "include: {metric_names: [up]}                            | include.match_type is required",
                "include: {match_type: strict}                            | include needs an entry in metric_names",
                "exclude: {match_type: regexp, metric_names: ['[']}       | exclude.metric_names[0] is not a regular expression",
                "exclude: {match_type: strict, metric_names: ['']}        | exclude.metric_names[0] must not be empty",
                "include: {match_type: strict, attributes: [{value: a}]}  | include.attributes[0].key is required",
                "include: {match_type: regexp, resources: [{key: a, value: '('}]} | include.resources[0].value is not a regular expression",
                "include: {match_type: strict, resources: [{key: a, value: [b]}]} | include.resources[0].value must be a single value; the entries of a list are entries of their own here",
                "include: {match_type: strict, metric_names: [a], log_bodies: [b]} | include.metric_names and settings of log records exclude each other",
                "include: {match_type: strict, services: [a]}             | include.services is not a setting here; there are no traces here",
                "include: {match_type: strict, log_severity_number: {min: 25}} | include.log_severity_number.min must be",
            })
    void tellsWhatIsWrong(String section, String mistake) {
        Problems problems = new Problems();
        bind(section, problems);

        assertThat(problems.all())
                .extracting(problem -> problem.path() + " " + problem.text())
                .anyMatch(text -> text.startsWith(mistake));
    }

    @Test
    void saysThatNobodySentABatch() {
        Problems problems = new Problems();
        ServiceLoader.load(ConfigBinder.class)
                .findFirst()
                .orElseThrow()
                .bind(
                        "actions: [{key: tenant, action: insert, from_context: metadata.tenant}]",
                        new AttributesFactory().descriptor(),
                        problems);

        assertThat(problems.all())
                .extracting(problem -> problem.path() + " " + problem.text())
                .first()
                .asString()
                .contains("actions[0].from_context", "nothing here knows who sent a batch");
    }

    private static boolean isMarked(Attributes attributes) {
        return attributes.get(AttributeKey.stringKey("mark")) != null;
    }

    private static LogRecord logRecord(String name, Severity severity, Value<?> body, Attributes attributes) {
        return new LogRecord(SERVER, SCOPE, Batches.TIME, Batches.TIME, severity, body, attributes, name);
    }

    private static AttributesConfig config(String section) {
        Problems problems = new Problems();
        AttributesConfig config = bind(section, problems);
        assertThat(problems.all()).isEmpty();
        return config;
    }

    private static AttributesConfig bind(String section, Problems problems) {
        return ServiceLoader.load(ConfigBinder.class)
                .findFirst()
                .orElseThrow()
                .bind(
                        "actions: [{key: mark, value: x, action: insert}]\n" + section,
                        new AttributesFactory().descriptor(),
                        problems);
    }
}
