package tscollector.processor.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static tscollector.testkit.Batches.attributes;
import static tscollector.testkit.Batches.point;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.GaugeData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.resources.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tscollector.component.BuildContext;
import tscollector.config.ConfigValue;
import tscollector.consumer.Consumer;
import tscollector.processor.Built;
import tscollector.processor.Processor;
import tscollector.processor.ScrapeRuns;
import tscollector.processor.SuccessiveScrapes;
import tscollector.processor.filter.FilterConfig.LogRule;
import tscollector.processor.filter.FilterConfig.Logs;
import tscollector.processor.filter.FilterConfig.MetricRule;
import tscollector.processor.filter.FilterConfig.Metrics;
import tscollector.reshape.AttributeMatch;
import tscollector.reshape.MatchType;
import tscollector.signal.ExposedType;
import tscollector.signal.LogBatch;
import tscollector.signal.LogGroup;
import tscollector.signal.LogRecord;
import tscollector.signal.Metric;
import tscollector.signal.MetricBatch;
import tscollector.testkit.Batches;
import tscollector.testkit.CollectingConsumer;
import tscollector.testkit.TestContext;

class FilterTest implements SuccessiveScrapes {
    private final TestContext test = new TestContext("filter");
    private final CollectingConsumer<MetricBatch> metrics = CollectingConsumer.metrics();
    private final CollectingConsumer<LogBatch> logs = CollectingConsumer.logs();

    @Override
    public Processor<MetricBatch> processor(BuildContext context, Consumer<MetricBatch> next) {
        return Built.metrics(
                new FilterFactory(),
                context,
                excluding(new MetricRule(
                        MatchType.REGEXP, List.of("Time$", "^up$"), List.of(attribute("Hostname", "^b$")), List.of())),
                next);
    }

    @Test
    void includesOnlyWhatIsListed() throws Exception {
        filter(
                including(names(MatchType.STRICT, "a", "b")),
                new Batches().gauge("a", 1).gauge("b", 2).gauge("ab", 3));

        assertThat(metricNames()).containsExactly("a", "b");
        assertThat(test.telemetry().dropped()).containsExactly(Map.entry("not in metrics.include", 1L));
    }

    @Test
    void excludeWinsOverInclude() throws Exception {
        FilterConfig config =
                new FilterConfig(new Metrics(names(MatchType.REGEXP, "^a"), names(MatchType.STRICT, "x", "ab")), null);

        filter(config, new Batches().gauge("a", 1).gauge("ab", 2).gauge("b", 3));

        assertThat(metricNames()).containsExactly("a");
        assertThat(test.telemetry().dropped())
                .containsEntry("filter: metrics.exclude.metric_names[1]", 1L)
                .containsEntry("not in metrics.include", 1L);
    }

    @Test
    void searchesExpressionsAnywhere() throws Exception {
        filter(
                excluding(names(MatchType.REGEXP, "\\.disk\\.")),
                new Batches().gauge("torchserve.openmetrics.disk.used", 1).gauge("torchserve.diskette", 2));

        assertThat(metricNames()).containsExactly("torchserve.diskette");
    }

    @Test
    void strictNamesAreWhole() throws Exception {
        filter(
                excluding(names(MatchType.STRICT, "disk")),
                new Batches().gauge("disk.used", 1).gauge("disk", 2));

        assertThat(metricNames()).containsExactly("disk.used");
    }

    @Test
    void entriesOfAllListsAreAlternatives() throws Exception {
        MetricRule rule = new MetricRule(
                MatchType.STRICT, List.of("a"), List.of(attribute("model_name", "m")), List.of(attribute("gone", "x")));

        filter(
                including(rule),
                new Batches()
                        .gauge("a", 1, "model_name", "other")
                        .gauge("b", 2, "model_name", "m")
                        .gauge("b2", 3, "model_name", "other"));

        assertThat(metricNames()).containsExactly("a", "b");
    }

    @Test
    void dropsSinglePointsAndTheMetricThatLosesAll() throws Exception {
        MetricRule rule = new MetricRule(MatchType.STRICT, List.of(), List.of(attribute("m", "x")), List.of());

        filter(
                excluding(rule),
                twoPoints("both", "x", "y").gauge("gone", 1, "m", "x").gauge("stays", 2));

        assertThat(metricNames()).containsExactly("both", "stays");
        assertThat(points()).containsExactly("both {m=\"y\"}", "stays {}");
        assertThat(test.telemetry().dropped()).containsEntry("filter: metrics.exclude.attributes[0]", 2L);
    }

    @Test
    void anAttributeWithoutValueNeedsOnlyBeThere() throws Exception {
        MetricRule rule =
                new MetricRule(MatchType.STRICT, List.of(), List.of(new AttributeMatch("m", null)), List.of());

        filter(excluding(rule), new Batches().gauge("a", 1, "m", "x").gauge("b", 1, "n", "x"));

        assertThat(metricNames()).containsExactly("b");
    }

    @Test
    void comparesNumbersAndListsAsText() throws Exception {
        Attributes typed = Attributes.builder()
                .put("n", 7)
                .put(AttributeKey.stringArrayKey("tags"), "env:prod", "team:x")
                .build();
        MetricRule number = new MetricRule(MatchType.STRICT, List.of(), List.of(attribute("n", "7")), List.of());
        MetricRule tag = new MetricRule(MatchType.STRICT, List.of(), List.of(attribute("tags", "team:x")), List.of());

        for (MetricRule rule : List.of(number, tag)) {
            filter(
                    excluding(rule),
                    new Batches()
                            .add(
                                    "a",
                                    MetricDataType.DOUBLE_GAUGE,
                                    GaugeData.createDoubleGaugeData(List.of(point(1, typed))),
                                    ExposedType.GAUGE));
        }

        assertThat(metrics.batches()).isEmpty();
        assertThat(test.telemetry().dropped()).containsEntry("filter: metrics.exclude.attributes[0]", 2L);
    }

    @Test
    void matchesAttributesOfTheResource() throws Exception {
        MetricRule rule = new MetricRule(
                MatchType.REGEXP, List.of(), List.of(), List.of(attribute("service.instance.id", "^host:")));

        filter(excluding(rule), new Batches().gauge("a", 1));

        assertThat(metrics.batches()).isEmpty();
        assertThat(test.telemetry().dropped()).containsEntry("filter: metrics.exclude.resource_attributes[0]", 1L);
    }

    @Test
    void passesTheSameGroupWhereNothingIsDropped() throws Exception {
        MetricBatch batch = new ScrapeRuns().run(1);

        Built.metrics(new FilterFactory(), test.build(), excluding(names(MatchType.STRICT, "up")), metrics)
                .consume(batch);

        assertThat(metrics.last().groups().get(0)).isSameAs(batch.groups().get(0));
        assertThat(metrics.last().groups().get(1).metrics()).hasSize(2);
    }

    @Test
    void passesTheSameBatchWithoutRules() throws Exception {
        MetricBatch batch = new ScrapeRuns().run(1);
        LogBatch events = Batches.event("e", "x");

        Built.metrics(new FilterFactory(), test.build(), FilterConfig.defaults(), metrics)
                .consume(batch);
        Built.logs(new FilterFactory(), test.build(), FilterConfig.defaults(), logs)
                .consume(events);

        assertThat(metrics.last()).isSameAs(batch);
        assertThat(logs.last()).isSameAs(events);
    }

    @Test
    void filtersRecordsByEventNameAttributeAndResource() throws Exception {
        FilterConfig config = new FilterConfig(
                null,
                new Logs(
                        null,
                        new LogRule(
                                MatchType.REGEXP,
                                List.of("version"),
                                List.of(attribute("model", "^internal-")),
                                List.of(attribute("service.instance.id", "^bad$")))));
        Processor<LogBatch> filter = Built.logs(new FilterFactory(), test.build(), config, logs);

        filter.consume(Batches.event("torchserve.model.version.added", "x"));
        filter.consume(Batches.event("torchserve.model.added", "x", "model", "internal-a"));
        filter.consume(Batches.event("torchserve.model.added", "x", "model", "not-internal-a"));
        filter.consume(ofResource(Batches.event("torchserve.model.added", "x"), "bad"));

        assertThat(logs.itemCount()).isEqualTo(1);
        assertThat(test.telemetry().dropped())
                .containsEntry("filter: logs.exclude.event_names[0]", 1L)
                .containsEntry("filter: logs.exclude.record_attributes[0]", 1L)
                .containsEntry("filter: logs.exclude.resource_attributes[0]", 1L);
    }

    @Test
    void keepsTheOtherRecordsOfAGroup() throws Exception {
        LogGroup one = Batches.event("keep", "x").groups().get(0);
        LogGroup both = new LogGroup(
                one.resource(),
                one.scope(),
                List.of(
                        one.records().get(0),
                        new LogRecord(
                                one.resource(),
                                one.scope(),
                                1,
                                1,
                                one.records().get(0).severity(),
                                null,
                                Attributes.empty(),
                                "")));
        FilterConfig config = new FilterConfig(
                null, new Logs(new LogRule(MatchType.REGEXP, List.of(".*"), List.of(), List.of()), null));

        Built.logs(new FilterFactory(), test.build(), config, logs).consume(new LogBatch(List.of(both)));

        assertThat(logs.allRecords()).extracting(LogRecord::eventName).containsExactly("keep");
        assertThat(test.telemetry().dropped()).containsEntry("not in logs.include", 1L);
    }

    private static LogBatch ofResource(LogBatch batch, String instance) {
        Resource resource = Resource.create(attributes("service.instance.id", instance));
        LogGroup group = batch.groups().get(0);
        return new LogBatch(List.of(new LogGroup(
                resource, group.scope(), List.of(group.records().get(0).withResource(resource)))));
    }

    private static Batches twoPoints(String name, String first, String second) {
        return new Batches()
                .add(
                        name,
                        MetricDataType.DOUBLE_GAUGE,
                        GaugeData.createDoubleGaugeData(
                                List.of(point(1, attributes("m", first)), point(2, attributes("m", second)))),
                        ExposedType.GAUGE);
    }

    private static MetricRule names(MatchType matchType, String... names) {
        return new MetricRule(matchType, List.of(names), List.of(), List.of());
    }

    private static AttributeMatch attribute(String key, String value) {
        return new AttributeMatch(key, new ConfigValue.Scalar(value, true));
    }

    private static FilterConfig including(MetricRule rule) {
        return new FilterConfig(new Metrics(rule, null), null);
    }

    private static FilterConfig excluding(MetricRule rule) {
        return new FilterConfig(new Metrics(null, rule), null);
    }

    private void filter(FilterConfig config, Batches scrape) throws Exception {
        Built.metrics(new FilterFactory(), test.build(), config, metrics).consume(scrape.batch());
    }

    private List<String> metricNames() {
        return metrics.allMetrics().stream().map(Metric::name).toList();
    }

    private List<String> points() {
        List<String> lines = new ArrayList<>();
        for (Metric metric : metrics.allMetrics()) {
            for (PointData point : metric.data().getPoints()) {
                lines.add(metric.name() + " " + point.getAttributes());
            }
        }
        return lines;
    }
}
