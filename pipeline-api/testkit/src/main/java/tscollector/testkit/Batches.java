package tscollector.testkit;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.Data;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.GaugeData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.SumData;
import io.opentelemetry.sdk.resources.Resource;
import java.util.ArrayList;
import java.util.List;
import tscollector.signal.ExposedType;
import tscollector.signal.LogBatch;
import tscollector.signal.LogGroup;
import tscollector.signal.LogRecord;
import tscollector.signal.Metric;
import tscollector.signal.MetricBatch;
import tscollector.signal.MetricGroup;
import tscollector.signal.Shape;

/**
 * Readable batches for tests. One instance is one group: metrics are added, then {@link #batch} gives them.
 *
 * <pre>{@code
 * new Batches().gauge("QueueTime", 3, "Level", "Host").counter("Requests2XX", 7, "Level", "Host").batch()
 * }</pre>
 */
public final class Batches {
    public static final InstrumentationScopeInfo SCOPE = InstrumentationScopeInfo.create("test");
    /** 2026-01-01T00:00:00Z in nanoseconds. */
    public static final long TIME = ManualScheduler.START.getEpochSecond() * 1_000_000_000L;

    private final Resource resource;
    private final InstrumentationScopeInfo scope;
    private final List<Metric> metrics = new ArrayList<>();
    private final Shape shape = new Shape();

    public Batches() {
        this(Resource.create(attributes("service.instance.id", "host:8080")), SCOPE);
    }

    public Batches(Resource resource, InstrumentationScopeInfo scope) {
        this.resource = resource;
        this.scope = scope;
    }

    public Batches gauge(String name, double value, String... attributes) {
        return add(
                name,
                MetricDataType.DOUBLE_GAUGE,
                GaugeData.createDoubleGaugeData(List.of(point(value, attributes(attributes)))),
                ExposedType.GAUGE);
    }

    public Batches counter(String name, double value, String... attributes) {
        return add(
                name,
                MetricDataType.DOUBLE_SUM,
                SumData.createDoubleSumData(
                        true, AggregationTemporality.CUMULATIVE, List.of(point(value, attributes(attributes)))),
                ExposedType.COUNTER);
    }

    /** Adds a metric whose points the test made. */
    public Batches add(String name, MetricDataType type, Data<?> data, ExposedType exposed) {
        metrics.add(new Metric(resource, scope, name, "", "", type, data, name, exposed));
        return this;
    }

    public MetricGroup group() {
        return MetricGroup.of(resource, scope, metrics, shape);
    }

    public MetricBatch batch() {
        return new MetricBatch(List.of(group()));
    }

    /** One point at {@link #TIME}, started a minute before. */
    public static DoublePointData point(double value, Attributes attributes) {
        return DoublePointData.create(TIME - 60_000_000_000L, TIME, attributes, value, List.of());
    }

    /** Key, value, key, value, ... */
    public static Attributes attributes(String... keysAndValues) {
        AttributesBuilder builder = Attributes.builder();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            builder.put(AttributeKey.stringKey(keysAndValues[i]), keysAndValues[i + 1]);
        }
        return builder.build();
    }

    /** A batch of one record. */
    public static LogBatch event(String eventName, String body, String... attributes) {
        Resource resource = Resource.create(attributes("service.instance.id", "host:8080"));
        return new LogBatch(List.of(new LogGroup(
                resource,
                SCOPE,
                List.of(new LogRecord(
                        resource,
                        SCOPE,
                        TIME,
                        TIME,
                        Severity.INFO,
                        Value.of(body),
                        attributes(attributes),
                        eventName)))));
    }
}
