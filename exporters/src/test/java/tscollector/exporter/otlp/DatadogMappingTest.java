package tscollector.exporter.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tscollector.testkit.Batches.attributes;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.GaugeData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.resources.Resource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tscollector.consumer.DeliveryException;
import tscollector.signal.ExposedType;
import tscollector.signal.LogBatch;
import tscollector.signal.LogGroup;
import tscollector.signal.LogRecord;
import tscollector.signal.Metric;
import tscollector.signal.MetricBatch;
import tscollector.signal.MetricGroup;
import tscollector.testkit.Batches;
import tscollector.testkit.CollectingConsumer;
import tscollector.testkit.RecordingTelemetry;
import tscollector.testkit.contract.IdentityLaw;

/** Tags of the instance arrive as attributes, and nothing else is touched. */
class DatadogMappingTest {
    private static final List<String> TAGS = List.of("env:prod", "team:a", "team:b", "nokey", "url:http://x", ":odd");

    private final RecordingTelemetry telemetry = new RecordingTelemetry();
    private final DatadogMapping mapping = new DatadogMapping(telemetry);
    private final CollectingConsumer<MetricBatch> queue = CollectingConsumer.metrics();
    private final CollectingConsumer<LogBatch> logs = CollectingConsumer.logs();

    private static Resource tagged(List<String> tags) {
        return Resource.create(Attributes.builder()
                .put(DatadogMapping.TAGS, tags)
                .put("service.instance.id", "host:8080")
                .put("datadog.host.name", "h")
                .build());
    }

    private static Batches batch(List<String> tags) {
        return new Batches(tagged(tags), Batches.SCOPE);
    }

    private MetricGroup map(MetricBatch batch) throws DeliveryException {
        mapping.metrics(queue).consume(batch);
        return queue.batches().get(queue.batches().size() - 1).groups().get(0);
    }

    private static Map<String, Object> only(MetricGroup group) {
        Map<String, Object> attributes = new TreeMap<>();
        PointData point = group.metrics().get(0).data().getPoints().iterator().next();
        point.getAttributes().forEach((key, value) -> attributes.put(key.getKey(), value));
        return attributes;
    }

    @Test
    void eachTagBecomesAnAttributeAndAKeyWithSeveralValuesAList() throws Exception {
        MetricGroup group = map(batch(TAGS).gauge("g", 1, "model_name", "m").batch());

        assertThat(only(group))
                .containsOnly(
                        Map.entry("model_name", "m"),
                        Map.entry("env", "prod"),
                        Map.entry("team", List.of("a", "b")),
                        Map.entry("nokey", ""),
                        Map.entry("url", "http://x"),
                        Map.entry(":odd", ""));
    }

    @Test
    void anAttributeOfThePointStaysBesideTheTagOfItsKey() throws Exception {
        MetricGroup group = map(batch(List.of("env:prod", "same:x"))
                .gauge("g", 1, "env", "of the point", "same", "x")
                .batch());

        assertThat(only(group)).containsOnly(Map.entry("env", List.of("of the point", "prod")), Map.entry("same", "x"));
    }

    @Test
    void anAttributeThatIsNoTextBecomesOneWhereATagJoinsIt() throws Exception {
        Attributes own = Attributes.builder()
                .put("n", 7)
                .put(AttributeKey.longArrayKey("l"), List.of(1L, 2L))
                .put("kept", 9)
                .build();
        MetricGroup group = map(batch(List.of("n:8", "l:2"))
                .add(
                        "g",
                        MetricDataType.LONG_GAUGE,
                        GaugeData.createLongGaugeData(List.of(LongPointData.create(0, Batches.TIME, own, 5))),
                        ExposedType.GAUGE)
                .batch());

        assertThat(only(group))
                .containsOnly(
                        Map.entry("n", List.of("7", "8")), Map.entry("l", List.of("1", "2")), Map.entry("kept", 9L));
    }

    @Test
    void theHostStaysWithTheResourceAndTheTagsLeaveIt() throws Exception {
        MetricGroup group = map(batch(TAGS).gauge("g", 1).batch());

        assertThat(group.resource().getAttributes())
                .isEqualTo(attributes("service.instance.id", "host:8080", "datadog.host.name", "h"));
    }

    @Test
    void groupsOfOneResourceStillShareOne() throws Exception {
        Resource resource = tagged(TAGS);
        InstrumentationScopeInfo checks = InstrumentationScopeInfo.create("tscollector.service_check");
        mapping.metrics(queue)
                .consume(new MetricBatch(List.of(
                        new Batches(resource, Batches.SCOPE).gauge("g", 1).group(),
                        new Batches(resource, checks)
                                .gauge("torchserve.openmetrics.health", 0)
                                .group())));

        List<MetricGroup> groups = queue.batches().get(0).groups();
        assertThat(groups.get(0).resource()).isSameAs(groups.get(1).resource());
        assertThat(groups.get(1).scope()).isSameAs(checks);
        assertThat(groups.get(1).metrics().get(0).type()).isEqualTo(MetricDataType.DOUBLE_GAUGE);
    }

    @Test
    void everyKindOfPointKeepsItsNumbers() throws Exception {
        MetricBatch batch = CumulativeMetrics.add(batch(TAGS)).batch();

        MetricGroup group = map(batch);

        assertThat(group.metrics())
                .extracting(Metric::name)
                .containsExactly("gauge", "updown", "delta", "delta_histogram", "summary");
        for (Metric metric : group.metrics()) {
            Metric before = batch.groups().get(0).metrics().stream()
                    .filter(other -> other.name().equals(metric.name()))
                    .findFirst()
                    .orElseThrow();
            PointData was = before.data().getPoints().iterator().next();
            PointData is = metric.data().getPoints().iterator().next();
            assertThat(is)
                    .as(metric.name())
                    .usingRecursiveComparison()
                    .ignoringFields("attributes", "getAttributes")
                    .isEqualTo(was);
            assertThat(is.getAttributes().get(AttributeKey.stringKey("env"))).isEqualTo("prod");
        }
    }

    @Test
    void theSameShapeInGivesTheSameShapeOut() throws Exception {
        tscollector.signal.Shape shape = new tscollector.signal.Shape();
        Resource resource = tagged(TAGS);
        MetricGroup first = new Batches(resource, Batches.SCOPE)
                .gauge("g", 1, "a", "b")
                .counter("c", 1)
                .group();
        MetricGroup one = MetricGroup.of(resource, Batches.SCOPE, first.metrics(), shape);
        MetricGroup two = MetricGroup.of(resource, Batches.SCOPE, first.metrics(), shape);

        map(new MetricBatch(List.of(one)));
        map(new MetricBatch(List.of(two)));

        IdentityLaw.check(queue.batches().subList(0, 1), queue.batches().subList(1, 2));
    }

    @Test
    void aBatchWithoutTagsAndCountersPassesAsItIs() throws Exception {
        MetricBatch batch = new Batches().gauge("g", 1).batch();

        mapping.metrics(queue).consume(batch);

        assertThat(queue.batches()).singleElement().isSameAs(batch);
    }

    @Test
    void whatTheQueueRefusesIsNotCountedAsDropped() {
        queue.refuseNext(DeliveryException.retryable("full"));
        MetricBatch batch = new Batches().gauge("g", 1).counter("c", 1).batch();

        assertThatThrownBy(() -> mapping.metrics(queue).consume(batch)).isInstanceOf(DeliveryException.class);

        assertThat(telemetry.dropped()).isEmpty();
    }

    @Test
    void logRecordsCarryTheTagsWhereTheIntakeReadsThem() throws Exception {
        Resource resource = tagged(List.of("env:prod", "team:a"));
        LogRecord plain = Batches.event("torchserve.model.added", "x", "torchserve.model.name", "m")
                .groups()
                .get(0)
                .records()
                .get(0)
                .withResource(resource);
        LogRecord own = plain.withAttributes(attributes("ddtags", "mine:1"));
        LogGroup other = Batches.event("e", "y").groups().get(0);

        mapping.logs(logs)
                .consume(new LogBatch(List.of(new LogGroup(resource, plain.scope(), List.of(plain, own)), other)));

        LogBatch out = logs.batches().get(0);
        LogGroup group = out.groups().get(0);
        assertThat(group.records().get(0).attributes())
                .isEqualTo(attributes("torchserve.model.name", "m", "ddtags", "env:prod,team:a"));
        assertThat(group.records().get(1).attributes()).isEqualTo(attributes("ddtags", "mine:1,env:prod,team:a"));
        assertThat(group.resource().getAttribute(DatadogMapping.TAGS)).isNull();
        assertThat(out.groups().get(1)).isSameAs(other);
    }

    @Test
    void logsWithoutTagsPassAsTheyAre() throws Exception {
        LogBatch batch = Batches.event("e", "y");

        mapping.logs(logs).consume(batch);

        assertThat(logs.batches()).singleElement().isSameAs(batch);
    }
}
